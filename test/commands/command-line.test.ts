/** The words of the command line. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { suite, test, type TestContext } from "node:test";
import { type Exit, workplace } from "../support/processes.ts";

/** Runs to its end; nothing of this may write a file. */
async function ran(t: TestContext, ...words: string[]): Promise<Exit> {
  const { folder, trunkline } = workplace(t);
  const exit = await trunkline(words).exit;
  assert.deepEqual(readdirSync(folder), []);
  return exit;
}

suite("the command line", { concurrency: 4 }, () => {
  for (const words of [["--help"], []]) {
    test(`"${["trunkline", ...words].join(" ")}" explains every command`, async (t) => {
      const { code, stdout, stderr } = await ran(t, ...words);
      assert.equal(code, 0);
      assert.equal(stderr, "");
      for (const command of ["start", "demo", "demo-crm"])
        assert.match(stdout, new RegExp(`^  ${command} +[A-Z]`, "m"));
    });
  }

  test("--version says the version of the package", async (t) => {
    const { code, stdout } = await ran(t, "--version");
    const own: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    assert.equal(code, 0);
    assert.equal(stdout.trim(), Reflect.get(Object(own), "version"));
  });

  for (const word of ["strat", "constructor"]) {
    test(`"${word}" is no command, and it says which there are`, async (t) => {
      const { code, stdout, stderr } = await ran(t, word);
      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.match(stderr, new RegExp(`^There is no command "${word}"\\.\\n[^]*demo-crm`));
    });
  }

  for (const words of [
    ["start", "now"],
    ["start", "--port", "80"],
  ]) {
    test(`"${words.join(" ")}" is not understood, and nothing is started`, async (t) => {
      const { code, stdout, stderr } = await ran(t, ...words);
      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /^These arguments are not understood\./);
    });
  }
});
