/** A running Trunkline, and beside it the command line of whoever operates it, on the same database. */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { type Phone, phoneOf } from "../ledger/call.ts";
import type { TestDatabase } from "../support/databases.ts";
import { logIn, type RunOptions, type Running, runTrunkline } from "../support/trunkline.ts";
import { type Exit, workplace } from "../support/processes.ts";

export interface Deployment {
  running: Running;
  phone: Phone;
  token: string;
  /** What a process needs to work on the same database. */
  environment: Record<string, string>;
  /** Runs `trunkline <words>` to its end. */
  trunkline(...words: string[]): Promise<Exit>;
  /** The same, where it must succeed; answers what it printed. */
  prints(...words: string[]): Promise<string>;
  /** The same, where it must fail; answers what it said. */
  refuses(...words: string[]): Promise<string>;
  /** What `entries list --json` with these options shows. */
  listed(...words: string[]): Promise<JsonObject[]>;
}

export async function deployed(
  t: TestContext,
  database: TestDatabase,
  options: Pick<RunOptions, "connectors" | "environment" | "keepsDemoCrm"> = {},
): Promise<Deployment> {
  const own = { ...(await database.environment(t)), ...options.environment };
  const running = await runTrunkline(t, { ...options, environment: own });
  const token = await logIn(running);
  const environment = { DATABASE_URL: `sqlite:${join(running.folder, "trunkline.db")}`, ...own };
  const { trunkline } = workplace(t);
  const run = (...words: string[]) => trunkline(words, { environment }).exit;
  const prints = async (...words: string[]) => {
    const { code, stdout, stderr } = await run(...words);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    return stdout;
  };
  return {
    running,
    token,
    environment,
    phone: phoneOf(running, token),
    trunkline: run,
    prints,
    async refuses(...words) {
      const { code, stdout, stderr } = await run(...words);
      assert.equal(code, 1, stdout + stderr);
      assert.equal(stdout, "");
      return stderr;
    },
    async listed(...words) {
      const { entries }: { entries?: unknown } = JSON.parse(await prints("entries", "list", "--json", ...words));
      assert.ok(Array.isArray(entries));
      return entries.filter(isJsonObject);
    },
  };
}
