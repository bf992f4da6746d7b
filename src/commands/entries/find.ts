/** Finds the entry that an operator means by what they typed or pasted. */

import type { Store } from "../../open-store.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";
import { Refusal } from "../refusal.ts";

/** Fewer would rarely be unique, and a slip of the hand might be. */
const SHORTEST = 4;

/** As in `1f0c`, but also `pending-1f0c…`, the log id that users see, and `trunkline:1f0c…`, the marker in the CRM. */
const ID = new RegExp(`^(?:pending-|trunkline:)?([0-9a-f][0-9a-f-]{${SHORTEST - 1},35})$`, "i");

/** Throws a Refusal unless exactly one entry fits. */
export async function theEntry({ entryLists }: Store, typed: string): Promise<ListedEntry> {
  const beginning = ID.exec(typed)?.[1]?.toLowerCase();
  if (beginning === undefined) {
    throw new Refusal(`"${typed}" is no entry's id: give it whole, or at least its first ${SHORTEST} characters.`);
  }
  const [entry, other] = await entryLists.startingWith(beginning, 2);
  if (entry === undefined) throw new Refusal(`There is no entry ${beginning}.`);
  if (other === undefined || entry.id === beginning) return entry;
  throw new Refusal(`Several entries begin with ${beginning}; give more of the id.`);
}
