/** The ledger's promises under anything that fast-check can think of: faults, deaths, edits, several processes at once. */

import { suite, test } from "node:test";
import * as fc from "fast-check";
import { testDatabases } from "../support/databases.ts";
import { COMMANDS } from "./commands.ts";
import { preparePlay } from "./play.ts";
import type { Circumstances } from "./world.ts";

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  logFormat: fc.constantFrom("text/plain", "text/html", "text/markdown"),
  canLook: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  isLogged: fc.boolean(),
  seed: fc.nat(),
});

/** Enough for the faults that were planted on trial; `MODEL_RUNS` asks for more. */
const RUNS = { SQLite: 200, PostgreSQL: 20 };

for (const kind of await testDatabases()) {
  await suite(`the ledger on ${kind.name}`, { skip: kind.skip }, () => {
    test("whatever happens in whatever order, no call is lost, none is written twice, and people's words stay", async (t) => {
      const play = await preparePlay(t, kind);
      const events = fc.commands(COMMANDS, { maxCommands: 40, size: "+1" });
      const numRuns = Number(process.env["MODEL_RUNS"] ?? RUNS[kind.name]);
      await fc.assert(fc.asyncProperty(circumstances, events, play), { numRuns, verbose: 1 });
    });
  });
}
