/** Takes over whom the users of an App Connect server mean to call back, under the ids that the entries had there. */

import { parsePhoneNumber } from "../../core/phone-number.ts";
import type { StoredCallDownEntry } from "../../store/call-down-entries.ts";
import type { PeerRow } from "./app-connect-database.ts";
import { momentIn, textIn } from "./row-values.ts";
import type { ImportSource } from "./source.ts";
import type { TakenUser, TakenUsers } from "./users.ts";

/** Of a user who may not be here yet, as in a dry run. */
type FoundEntry = Omit<StoredCallDownEntry, "userId"> & { user: TakenUser };

export async function importCallDownLists(source: ImportSource, users: TakenUsers): Promise<void> {
  const { apply, peer, progress, report, store } = source;
  const tally = report.tally("call-down entries");
  for await (const rows of peer.pages("callDownLists")) {
    const found = rows.flatMap((row): FoundEntry[] => {
      progress();
      tally.found();
      const entry = entryFrom(row, users);
      if (typeof entry !== "string") return [entry];
      tally.notTaken(entry, textIn(row["id"]) ?? "(without an id)");
      return [];
    });
    const known = await store.callDownEntries.known(found.map(({ id }) => id));
    const fresh = found.filter(({ id }) => !known.has(id));
    tally.alreadyHere(found.length - fresh.length);
    tally.taken(fresh.length);
    if (!apply) continue;
    await store.callDownEntries.takeOver(
      fresh.flatMap(({ user, ...entry }) => (user.id === undefined ? [] : [{ ...entry, userId: user.id }])),
    );
  }
}

/** Its server keeps no names, numbers and notes; where a table has them, they are taken. */
function entryFrom(row: PeerRow, users: TakenUsers): FoundEntry | string {
  const [id, userId] = [textIn(row["id"]), textIn(row["userId"])];
  const user = userId === undefined ? undefined : users.get(userId);
  if (id === undefined) return "The row has no id.";
  if (user === undefined) return "Its user was not taken over.";
  const number = textIn(row["phoneNumber"]);
  const createdAt = momentIn(row["createdAt"]) ?? Date.now();
  return {
    id,
    user,
    contactId: textIn(row["contactId"]),
    contactType: textIn(row["contactType"]) ?? "contact",
    contactName: textIn(row["contactName"]),
    phoneNumber: number === undefined ? undefined : (parsePhoneNumber(number)?.e164 ?? number),
    note: textIn(row["note"]),
    status: row["status"] === "called" ? "called" : "scheduled",
    scheduledAt: momentIn(row["scheduledAt"]),
    lastCallAt: momentIn(row["lastCallAt"]),
    createdAt,
    updatedAt: momentIn(row["updatedAt"]) ?? createdAt,
  };
}
