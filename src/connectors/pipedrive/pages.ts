/** Reads lists to their last page. */

import { TrunklineError } from "../../sdk/errors.ts";

/** The largest page of v1 and v2 ("Pagination", core API concepts). */
export const PAGE_LIMIT = 500;

/** A list that never ends is a fault of its server, not a reason to ask for ever. */
const MOST_PAGES = 40;

export interface Page<Item, Mark> {
  items: readonly Item[];
  /** Where the next page begins; undefined on the last one. */
  next: Mark | undefined;
}

/** `read` gets the mark of the page to read; undefined for the first one. */
export async function everyPage<Item, Mark>(
  read: (from: Mark | undefined) => Promise<Page<Item, Mark>>,
): Promise<Item[]> {
  const all: Item[] = [];
  let from: Mark | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { items, next } = await read(from);
    all.push(...items);
    if (next === undefined) return all;
    from = next;
  }
  throw new TrunklineError("crm-answer-malformed", "Pipedrive answered with a list that does not end.");
}

interface CursorAnswer {
  additional_data?: { next_cursor?: string | null } | null;
}

/** Where a v2 list goes on. */
export function cursorIn({ additional_data }: CursorAnswer): string | undefined {
  return additional_data?.next_cursor || undefined;
}

interface PositionAnswer {
  additional_data?: {
    more_items_in_collection?: boolean;
    pagination?: { more_items_in_collection?: boolean } | null;
  } | null;
}

/** Where a v1 list goes on that answered `count` items from position `start`. */
export function positionAfter(
  { additional_data }: PositionAnswer,
  { start, count }: { start: number; count: number },
): number | undefined {
  const paging = additional_data?.pagination ?? additional_data;
  return paging?.more_items_in_collection === true && count > 0 ? start + count : undefined;
}
