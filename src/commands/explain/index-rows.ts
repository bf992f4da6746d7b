/** What the index of contact numbers holds of a number, for whom, since when, and for how long it still counts. */

import { freshUntil } from "../../core/number-freshness.ts";
import type { PhoneNumber } from "../../core/phone-number.ts";
import type { Store } from "../../open-store.ts";
import type { ListedUser } from "../../store/user-lists.ts";

export interface Scope {
  /** Somebody whom the operator chose; undefined: everybody. */
  user: ListedUser | undefined;
  platform: string | undefined;
}

export interface IndexRow {
  user: ListedUser;
  /** Undefined: a search found nobody. */
  contactId: string | undefined;
  /** Only for a user whom the operator chose. */
  contactName: string | undefined;
  origin: "search" | "creation";
  seenAt: number;
  freshUntil: number;
}

/** The index's own spelling. */
export function indexKeyOf({ digits, e164 }: PhoneNumber): string {
  return e164 ?? digits;
}

export async function indexRows(store: Store, phone: PhoneNumber, { platform, user }: Scope): Promise<IndexRow[]> {
  const key = indexKeyOf(phone);
  const rows = (await store.numberLists.rowsFor(key)).filter((row) => user === undefined || row.userId === user.id);
  const users = await usersOf(store, [...new Set(rows.map(({ userId }) => userId))]);
  const names = user === undefined ? new Map<string, string>() : await namesFor(store, user, key);
  return rows.flatMap((row) => {
    const owner = users.get(row.userId);
    if (owner === undefined || (platform !== undefined && owner.platform !== platform)) return [];
    const { contactId, origin, seenAt } = row;
    const until = freshUntil({ origin, seenAt, isKnown: contactId !== undefined });
    const contactName = contactId === undefined ? undefined : names.get(contactId);
    return [{ user: owner, contactId, contactName, origin, seenAt, freshUntil: until }];
  });
}

async function usersOf({ userLists }: Store, ids: readonly string[]): Promise<Map<string, ListedUser>> {
  const found = await Promise.all(ids.map((id) => userLists.endingWith(id, 1)));
  return new Map(found.flat().map((user) => [user.id, user]));
}

async function namesFor({ numbers }: Store, user: ListedUser, key: string): Promise<Map<string, string>> {
  const known = await numbers.known(user.id, key);
  return new Map(
    known.flatMap(({ contact }) =>
      typeof contact?.["id"] === "string" && typeof contact["name"] === "string"
        ? [[contact["id"], contact["name"]] as const]
        : [],
    ),
  );
}
