/** An entry of the ledger as the console shows it: without a word of its content. */

import { waitsForAPerson } from "../../core/ledger/by-hand.ts";
import { markerOf } from "../../core/ledger/record-writer.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";
import type { CrmNames } from "./crm-names.ts";

export function entryView(entry: ListedEntry, names: CrmNames) {
  const { user, ...rest } = entry;
  return {
    ...rest,
    marker: markerOf(entry),
    waitsForYou: entry.state === "uncertain" && (waitsForAPerson(entry) || entry.nextAttemptAt === undefined),
    /** Only a person can find out whether the record is there: asking again needs an answer to that. */
    needsFinding: waitsForAPerson(entry),
    user: { id: user.id, name: user.name, tenant: user.tenant, connected: user.connected },
    crm: names.nameOf(user.platform),
    links: names.linksTo(entry),
  };
}
export type EntryView = ReturnType<typeof entryView>;
