/** Trunkline on either database, as the package brings it, with the connector for the bench CRM. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contestant, logIn, type Program, run } from "./contestant.ts";
import { createPostgresDatabase, type PostgresDatabase } from "./databases.ts";
import { CONNECTOR, TRUNKLINE } from "./places.ts";

export const SECRET = "a secret of the bench, long enough for HS256";

export interface TrunklineContestant extends Contestant {
  /** The file, or the database on PostgreSQL. */
  database: string | PostgresDatabase;
}

export interface TrunklineStart {
  crmUrl: string;
  people: number;
  /** Words for Node itself, such as those of a profile. */
  nodeWords?: readonly string[];
  environment?: Readonly<Record<string, string>>;
}

export function trunklineProgram(databaseUrl: string, crmUrl: string, folder: string): Program {
  const environment = {
    APP_SERVER_SECRET_KEY: SECRET,
    BENCH_API_URL: crmUrl,
    DATABASE_URL: databaseUrl,
    DEMO_CRM: "off",
    HASH_KEY: "a hash key of the bench",
    LOG_LEVEL: "error",
  };
  return { arguments: [TRUNKLINE, "start", "--connector", CONNECTOR], environment, folder };
}

export async function startTrunkline(
  name: "SQLite" | "PostgreSQL",
  { crmUrl, people, nodeWords = [], environment = {} }: TrunklineStart,
): Promise<TrunklineContestant> {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-bench-"));
  const file = join(folder, "trunkline.db");
  const database = name === "SQLite" ? file : await createPostgresDatabase("trunkline");
  const url = typeof database === "string" ? `sqlite:${file}` : database.url;
  const program = trunklineProgram(url, crmUrl, folder);
  const server = await run({
    ...program,
    arguments: [...nodeWords, ...program.arguments],
    environment: { ...program.environment, ...environment },
  });
  return {
    ...server,
    name,
    database,
    tokens: await logIn(server.port, people),
    beforeRound: () => Promise.resolve(),
    async stop() {
      await server.stop();
      if (typeof database !== "string") await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
