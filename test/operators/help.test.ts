/** The help of the command line: of the whole and of each command, and a hint for whoever mistyped one. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { type Exit, workplace } from "../support/processes.ts";

const ran = (t: TestContext, ...words: string[]): Promise<Exit> => workplace(t).trunkline(words).exit;

/** As they stand in the whole help. */
async function commands(t: TestContext): Promise<string[]> {
  const { stdout } = await ran(t, "help");
  const [, known = ""] = /^Run it:$([^]*)^More:$/m.exec(stdout) ?? [];
  return [...new Set([...known.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = ""]) => name))];
}

suite("trunkline help", { concurrency: 3 }, () => {
  test("the whole fits a terminal, and names every command with what it does", async (t) => {
    const { code, stderr, stdout } = await ran(t, "--help");
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 100),
      [],
    );
    for (const name of ["start", "migrate", "users", "token", "entries", "keys", "explain", "doctor", "connector"])
      assert.match(stdout, new RegExp(`^  ${name}.* {2}[A-Z]`, "m"));
  });

  test("each command has help of its own, which both ways of asking show", async (t) => {
    for (const name of await commands(t)) {
      const { code, stdout } = await ran(t, "help", name);
      assert.equal(code, 0, name);
      assert.match(stdout, new RegExp(`^Usage: trunkline ${name}`), name);
      assert.doesNotMatch(stdout, /^Run it:/m);
    }
    const asked = await ran(t, "entries", "list", "--help");
    assert.deepEqual(asked, await ran(t, "help", "entries"));
    assert.match(asked.stdout, /^ {2}--state <state> +pending, sending, /m);
  });

  test("a command or a part of it that was mistyped is guessed, a word that is far from all is not", async (t) => {
    const cases: [words: string[], hint: RegExp | undefined][] = [
      [["strat"], /^There is no command "strat"\.\nDid you mean "trunkline start"\?\n/],
      [["entires", "list"], /^Did you mean "trunkline entries"\?$/m],
      [["help", "docter"], /^Did you mean "trunkline doctor"\?$/m],
      [["users", "lst"], /^Did you mean "trunkline users list"\?$/m],
      [["xylophone"], undefined],
      [["users", "xylophone"], undefined],
    ];
    for (const [words, hint] of cases) {
      const { code, stderr, stdout } = await ran(t, ...words);
      assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
      if (hint === undefined) assert.doesNotMatch(stderr, /Did you mean/);
      else assert.match(stderr, hint);
    }
  });

  test("an option that does not exist is named, with the usage of the command and where there is more", async (t) => {
    const { stderr } = await ran(t, "migrate", "--dryrun");
    assert.match(
      stderr,
      /^These arguments are not understood\. Unknown option '--dryrun'\.\n\nUsage: trunkline migrate /,
    );
    assert.match(stderr, /^More: trunkline help migrate$/m);
  });
});
