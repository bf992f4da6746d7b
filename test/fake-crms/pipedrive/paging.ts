/** Pages of lists, in the two ways that Pipedrive has. */

/** v2: an opaque cursor. `largest` makes pages smaller than a client asks for. */
export function cursorPage<T>(all: readonly T[], query: { limit?: string; cursor?: string }, largest: number) {
  const start = query.cursor === undefined ? 0 : Number(Buffer.from(query.cursor, "base64url").toString());
  const size = Math.min(Number(query.limit ?? 100), largest);
  const end = start + size;
  const next = end < all.length ? Buffer.from(String(end)).toString("base64url") : null;
  return { items: all.slice(start, end), additional_data: { next_cursor: next } };
}

/** v1: a position. */
export function positionPage<T>(all: readonly T[], query: { limit?: string; start?: string }, largest: number) {
  const start = Number(query.start ?? 0);
  const limit = Math.min(Number(query.limit ?? 100), largest);
  const more_items_in_collection = start + limit < all.length;
  const paging = { start, limit, more_items_in_collection };
  return {
    items: all.slice(start, start + limit),
    additional_data: { pagination: more_items_in_collection ? { ...paging, next_start: start + limit } : paging },
  };
}
