/** How contacts are searched: by the digits of a number, by a part of a name, and no sooner than the lag allows. */

import { comparableDigits, tailOf } from "../phone-digits.ts";
import type { Condition } from "./paging.ts";

export interface ContactFilter {
  phone?: string;
  name?: string;
}

/** Without a number and without a name this is the plain list, which knows every record at once. */
export function conditionsOf({ phone, name }: ContactFilter, lagMs: number): Condition[] {
  const conditions = [];
  if (phone !== undefined) conditions.push(hasNumber(phone));
  if (name !== undefined) conditions.push(hasInName(name));
  if (conditions.length > 0 && lagMs > 0) conditions.push({ sql: "updated_at <= ?", values: [Date.now() - lagMs] });
  return conditions;
}

/** Text as the name search compares it: SQLite's own lower() knows ASCII only. */
export function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** One number must end in the other; both then end in the same seven digits, which an index finds. */
function hasNumber(phone: string): Condition {
  const digits = comparableDigits(phone);
  if (digits === undefined) return { sql: "FALSE", values: [] };
  return {
    sql: `id IN (SELECT contact_id FROM contact_phones
                 WHERE tail = ? AND (digits LIKE '%' || ? OR ? LIKE '%' || digits))`,
    values: [tailOf(digits), digits, digits],
  };
}

function hasInName(name: string): Condition {
  return {
    sql: "(instr(folded_name, ?) > 0 OR instr(folded_organization, ?) > 0)",
    values: [folded(name), folded(name)],
  };
}
