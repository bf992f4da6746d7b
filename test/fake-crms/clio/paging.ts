/** Pages of Clio's lists: a cursor, and the whole address of the next page. */

import type { JsonObject } from "../../../src/store/json.ts";
import { select, type Shape } from "./fields.ts";

export interface PageRequest {
  /** As it arrived, with its query. */
  url: string;
  query: { fields: string; limit?: string; page_token?: string };
}

/** `largest` makes pages smaller than a client asks for; `origin` stands in the next page's address. */
export function pageOf(
  records: readonly JsonObject[],
  shape: Shape,
  { url, query }: PageRequest,
  { largest, origin }: { largest: number; origin: string },
): JsonObject {
  const start = query.page_token === undefined ? 0 : Number(Buffer.from(query.page_token, "base64url").toString());
  const end = start + Math.min(Number(query.limit ?? largest), largest);
  const data = records.slice(start, end).map((record) => select(record, query.fields, shape));
  const next = new URL(url, origin);
  next.searchParams.set("page_token", Buffer.from(String(end)).toString("base64url"));
  return { data, meta: { records: records.length, paging: end < records.length ? { next: next.href } : {} } };
}
