/** Points in time as clients write them: epoch milliseconds, or ISO 8601. */

import { badInput } from "../../sdk/errors.ts";

/** Epoch milliseconds; undefined while the call is "pending". Text that is neither is the sender's mistake. */
export function momentFrom(field: string, moment: number | string | undefined): number | undefined {
  if (moment === undefined || (typeof moment === "string" && /pending/i.test(moment))) return undefined;
  const at = typeof moment === "number" ? moment : /^\d+$/.test(moment) ? Number(moment) : Date.parse(moment);
  if (Number.isNaN(new Date(at).getTime())) throw badInput(field, "must be a time: epoch milliseconds or ISO 8601");
  return at;
}
