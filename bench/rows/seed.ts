/** Calls that were logged long ago, put into the tables as they stand there: any number of them, spread evenly over 16 people. */

import { DatabaseSync } from "node:sqlite";
import type { PeerContestant } from "../contestants/peer.ts";
import type { TrunklineContestant } from "../contestants/trunkline.ts";
import { NUMBER_DIGITS } from "../load/plan.ts";
import { PEOPLE } from "./bench.ts";
import { SEEDED_PREFIX } from "./requests.ts";

const WRITTEN_AT = 1_760_000_000_000;

/** Session n of a person is `s<person>-<n, padded>`: sessions 0 to rows / PEOPLE - 1 of everybody. */
export async function seedPeer({ database }: PeerContestant, rows: number): Promise<void> {
  await database.run(`
    insert into "callLogs" (id, "sessionId", "extensionNumber", "hashedExtensionId", platform, "thirdPartyLogId",
                            "userId", "contactId", "createdAt", "updatedAt")
    select 't' || n, '${SEEDED_PREFIX}' || (n % ${PEOPLE}) || '-' || lpad((n / ${PEOPLE})::text, ${NUMBER_DIGITS}, '0'),
           '', '', 'bench', 'a' || n, 'agent' || (n % ${PEOPLE}) || '-bench', '16502000001', now(), now()
    from generate_series(0, ${rows - 1}) as n`);
  await database.run("vacuum analyze");
}

export async function seedTrunkline({ database }: TrunklineContestant, rows: number): Promise<void> {
  if (typeof database === "string") {
    seedSqlite(database, rows);
    return;
  }
  await database.run(`${INSERT}
    select gen_random_uuid()::text, u.id, 'call',
           '${SEEDED_PREFIX}' || (n % ${PEOPLE}) || '-' || lpad((n / ${PEOPLE})::text, ${NUMBER_DIGITS}, '0'), ${WRITTEN}
    from generate_series(0, ${rows - 1}) as n join users u on u.crm_user_id = 'agent' || (n % ${PEOPLE})`);
  await database.run("vacuum analyze");
}

const INSERT = `insert into log_entries
  (id, user_id, kind, source_key, contact_id, state, wanted_version, written_version, sent_version, log_id, attempts,
   owed_since, created_at, updated_at, written_at)`;
const WRITTEN = `'16502000001', 'written', 1, 1, 1, 'a' || n, 1, ${WRITTEN_AT}, ${WRITTEN_AT}, ${WRITTEN_AT}, ${WRITTEN_AT}`;

function seedSqlite(file: string, rows: number): void {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = 60000;
      with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${rows - 1})
      ${INSERT}
      select lower(hex(randomblob(16))), u.id, 'call',
             '${SEEDED_PREFIX}' || (n % ${PEOPLE}) || '-' || printf('%0${NUMBER_DIGITS}d', n / ${PEOPLE}), ${WRITTEN}
      from numbers join users u on u.crm_user_id = 'agent' || (n % ${PEOPLE});
      analyze`);
  } finally {
    database.close();
  }
}
