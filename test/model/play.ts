/** The stage for a model run: a database that is used again and again, and time that stands still between the events. */

import { randomUUID } from "node:crypto";
import type { TestContext } from "node:test";
import * as fc from "fast-check";
import { openDatabase } from "../../src/store/database.ts";
import { createLogEntryStore } from "../../src/store/log-entries.ts";
import { createUserStore } from "../../src/store/users.ts";
import { createVault } from "../../src/store/vault.ts";
import type { TestDatabase } from "../support/databases.ts";
import { type Command, logAll, type Model } from "./events.ts";
import { recover } from "./recovery.ts";
import { simulateTime } from "./simulated-time.ts";
import { chance, type Circumstances, createWorld } from "./world.ts";

/** Lets the events happen, then everything recover; fails where a promise is broken. */
export type Play = (given: Circumstances, events: Iterable<Command>) => Promise<void>;

/** Node's clock is one for the whole process: one play at a time. */
export async function preparePlay(t: TestContext, kind: TestDatabase): Promise<Play> {
  const time = simulateTime(t);
  const environment = await kind.environment(t);
  const vault = createVault(["a key of tests"]);
  const database = await openDatabase({ url: environment["DATABASE_URL"] ?? "sqlite::memory:", vault });
  t.after(() => database.close());
  const entries = createLogEntryStore({ database, vault });
  const user = await createUserStore({ database, vault }).save({
    platform: "demo",
    tenant: "acme",
    crmUserId: randomUUID(),
    name: "Ann",
    hostname: undefined,
    timeZone: "Europe/Berlin",
    platformAdditionalInfo: {},
    credentials: { type: "apiKey", authorization: "" },
    rcAccountId: undefined,
  });

  return async (given, events) => {
    const jitter = t.mock.method(Math, "random", chance(given.seed));
    const world = await createWorld({ time, database, entries, userId: user.id }, given);
    try {
      const model: Model = { told: [], count: 0 };
      if (given.isLogged) await logAll(model, world);
      await fc.asyncModelRun(() => ({ model, real: world }), events);
      await recover(world, model.told);
    } finally {
      world.end();
      jitter.mock.restore();
    }
  };
}
