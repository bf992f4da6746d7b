/** Ids, moments and days as Clio writes them. */

import type { CrmUser } from "../../sdk/connector.ts";
import { TrunklineError } from "../../sdk/errors.ts";

/** Ids are strings in Trunkline and integers in Clio. */
export function clioId(id: string): number {
  const number = Number(id);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new TrunklineError("crm-record-missing", "This record does not come from Clio.");
}

export function timestamp(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** The day in the user's own zone, as a bill wants it: what was said at 11 p.m. belongs to that day. */
export function localDay(at: number, { timeZone }: Pick<CrmUser, "timeZone">): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const part = new Map(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return [part.get("year"), part.get("month"), part.get("day")].join("-");
}
