/** The peer on PostgreSQL, with its own cache of contacts switched on. */

import { type Contestant, logIn, type Program, run } from "./contestant.ts";
import { createPostgresDatabase, type PostgresDatabase } from "./databases.ts";
import { PEER_FOLDER, PEER_SERVER } from "./places.ts";

export interface PeerContestant extends Contestant {
  database: PostgresDatabase;
}

export function peerProgram(databaseUrl: string, crmUrl: string): Program {
  const environment = {
    APP_SERVER: "http://127.0.0.1",
    APP_SERVER_SECRET_KEY: "a secret of the bench, long enough for HS256",
    CRM_URL: crmUrl,
    DATABASE_URL: databaseUrl,
    HASH_KEY: "a hash key of the bench",
    LOG_LEVEL: "ERROR",
  };
  return { arguments: [PEER_SERVER], environment, folder: PEER_FOLDER };
}

export async function startPeer(
  crmUrl: string,
  people: number,
  nodeWords: readonly string[] = [],
): Promise<PeerContestant> {
  const database = await createPostgresDatabase("peer");
  const program = peerProgram(database.url, crmUrl);
  const server = await run({ ...program, arguments: [...nodeWords, ...program.arguments] });
  const tokens = await logIn(server.port, people);
  // Its cache is by RingCentral account, which it asks RingCentral for. One each, so that nobody reads through others' rows.
  await database.run(`update users set "rcAccountId" = id`);
  return {
    ...server,
    name: "peer",
    database,
    tokens,
    // It has no index on what it looks for: without this, what was measured would slow it down from round to round.
    async beforeRound() {
      await database.run(`delete from "callLogs" where "sessionId" like 'p%'`);
      await database.run(`delete from "accountData" where "dataKey" not like 'contact-+16502%'`);
      await database.run(`delete from "messageLogs"`);
      await database.run(`vacuum analyze`);
    },
    async stop() {
      await server.stop();
      await database.drop();
    },
  };
}
