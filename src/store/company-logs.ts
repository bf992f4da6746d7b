/** Which calls and messages have a record in a company's CRM, whoever of the company logged them. */

import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";

export type CompanyKey = Pick<AccountKey, "platform" | "tenant">;

export interface CompanyLogs {
  /** Of these sessions, the ones with a record. */
  calls(company: CompanyKey, sessionIds: readonly string[]): Promise<Set<string>>;
  /** Of these messages, the ones that stand in a record. */
  messages(company: CompanyKey, messageIds: readonly string[]): Promise<Set<string>>;
}

/** A statement looks for so many at a time: others wait meanwhile. */
const IDS_AT_ONCE = 1_000;

export function createCompanyLogs({ database: { db, dialect } }: { database: Database }): CompanyLogs {
  async function inParts(ids: readonly string[], find: (part: readonly string[]) => Promise<{ id: string }[]>) {
    const found = new Set<string>();
    for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
      for (const { id } of await find(ids.slice(at, at + IDS_AT_ONCE))) found.add(id);
    }
    return found;
  }
  const written = ({ platform, tenant }: CompanyKey) =>
    db
      .selectFrom("log_entries")
      .innerJoin("users", "users.id", "log_entries.user_id")
      .where("log_entries.log_id", "is not", null)
      .where("users.platform", "=", platform)
      .where("users.tenant", "=", tenant);

  return {
    calls: (company, sessionIds) =>
      inParts(sessionIds, (part) =>
        written(company)
          .select("log_entries.source_key as id")
          .where("log_entries.kind", "=", "call")
          .where(dialect.isAmong("source_key", part))
          .execute(),
      ),
    messages: (company, messageIds) =>
      inParts(messageIds, (part) =>
        written(company)
          .innerJoin("logged_messages", "logged_messages.entry_id", "log_entries.id")
          .select("logged_messages.message_id as id")
          .where(dialect.isAmong("message_id", part))
          .execute(),
      ),
  };
}
