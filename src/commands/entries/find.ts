/** Finds the entry that an operator means by what they typed or pasted. */

import type { Store } from "../../open-store.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";
import { Refusal } from "../refusal.ts";

/** Fewer would rarely be unique, and a slip of the hand might be. */
const SHORTEST = 4;

/** As in `1f0c`, but also the whole `pending-…1f0c`, the log id that users see, and `trunkline:…1f0c`, the marker in the CRM. */
const ID = new RegExp(`^(?:pending-|trunkline:)?([0-9a-f-]{${SHORTEST - 1},35}[0-9a-f])$`, "i");

/** Throws a Refusal unless exactly one entry fits. */
export async function theEntry({ entryLists }: Store, typed: string): Promise<ListedEntry> {
  const end = ID.exec(typed)?.[1]?.toLowerCase();
  if (end === undefined) {
    throw new Refusal(`"${typed}" is no entry's id: give it whole, or at least its last ${SHORTEST} characters.`);
  }
  const [entry, other] = await entryLists.endingWith(end, 2);
  if (entry === undefined) throw new Refusal(`There is no entry ${end}.`);
  if (other === undefined || entry.id === end) return entry;
  throw new Refusal(`Several entries end with ${end}; give more of the id.`);
}
