/** `trunkline connector new` and `connector check`: what is written, and what is said where something is wrong. */

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { type Exit, workplace } from "../support/processes.ts";

interface Desk {
  folder: string;
  ran(...words: string[]): Promise<Exit>;
}

function workplaceOf(t: TestContext): Desk {
  const { folder, trunkline } = workplace(t);
  return { folder, ran: (...words) => trunkline(words).exit };
}

function assertSaid({ code, stdout, stderr }: Exit, sentence: RegExp): void {
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, sentence);
  assert.doesNotMatch(stderr, /^ +at /m);
}

const wrong: [name: string, words: string[], says: RegExp][] = [
  [
    "words that are not understood",
    ["chek", "acme"],
    /^These arguments are not understood\.\n\nUsage: trunkline connector new/,
  ],
  ["a path that is missing", ["check"], /^These arguments are not understood\./],
  ["a path where there is nothing", ["check", "./acme"], /^There is no \.\/acme\.$/m],
  ["a name that is none", ["new", "My CRM"], /^"My CRM" is no name for a connector/],
  ["a name that leads out of the folder", ["new", "../acme"], /is no name for a connector/],
  ["a name that is taken", ["new", "demo"], /^Trunkline has a connector demo of its own/],
  ["a folder that is there", ["new", "kept"], /^kept is here already; nothing was written\./],
];

suite("trunkline connector", { concurrency: 4 }, () => {
  for (const [name, words, says] of wrong) {
    test(`answers ${name} with a plain sentence`, async (t) => {
      const { folder, ran } = workplaceOf(t);
      mkdirSync(join(folder, "kept"));
      assertSaid(await ran("connector", ...words), says);
      assert.deepEqual(readdirSync(join(folder, "kept")), []);
    });
  }

  test("new writes files that bear the name, each in its spelling", async (t) => {
    const { folder, ran } = workplaceOf(t);
    const { code, stdout } = await ran("connector", "new", "big-sales-crm");
    assert.equal(code, 0);
    const files = readdirSync(join(folder, "big-sales-crm"));
    for (const file of files) assert.ok(stdout.includes(file), file);
    const text = files.map((file) => readFileSync(join(folder, "big-sales-crm", file), "utf8")).join("\n");
    for (const spelling of ["bigSalesCrm", "Big Sales CRM", "BIG_SALES_CRM_API_URL", "./big-sales-crm"])
      assert.ok(text.includes(spelling), spelling);
    assert.doesNotMatch(text, /acme/i);
  });

  test("check of a connector with a mistake fails, and prints what, why and what it costs", async (t) => {
    const { folder, ran } = workplaceOf(t);
    await ran("connector", "new", "acme");
    const file = join(folder, "acme/contacts.ts");
    const source = readFileSync(file, "utf8");
    writeFileSync(file, source.replace("as: People });", "as: People }).catch(() => ({ contacts: [] }));"));
    const { code, stdout, stderr } = await ran("connector", "check", "./acme");
    assert.equal(code, 1);
    assert.equal(stderr, "");
    assert.match(stdout, /✖ when the search fails by itself, .*\n {6}successful is true, expected false\./);
    assert.match(stdout, /log a call +1 request in 1 round\n/);
    assert.match(stdout, /Acme \(acme\): \d+ passed, 4 failed, \d+ not offered\n$/);
  });
});

suite("trunkline start --connector", { concurrency: 2 }, () => {
  test("refuses two connectors for one platform", async (t) => {
    const { ran } = workplaceOf(t);
    await ran("connector", "new", "acme");
    const { code, stderr } = await ran("start", "--connector", "acme", "--connector", "./acme");
    assert.equal(code, 1);
    assert.match(stderr, /^There are two connectors for the platform acme; \.\/acme is one of them\./);
  });

  test("answers a path where there is nothing with a plain sentence", async (t) => {
    assertSaid(await workplaceOf(t).ran("start", "--connector", "./acme"), /^There is no \.\/acme\.$/m);
  });
});
