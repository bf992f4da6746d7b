/** Pieces that the schemas of several resources share. */

import { Type } from "typebox";

/** The path of one record. */
export const ById = Type.Object({ id: Type.String() });

export const Deleted = Type.Object({ id: Type.String(), deleted: Type.Boolean() });

/** Text with at least one character that can be seen. */
export function FilledText(maxLength: number) {
  return Type.String({ pattern: "\\S", maxLength });
}

/** Text that may be absent, which is null on the wire. */
export function NullableText(maxLength = Number.MAX_SAFE_INTEGER) {
  return Type.Unsafe<string | null>({ type: ["string", "null"], maxLength });
}

/** A whole number from 0 up, or null. */
export function NullableInteger() {
  return Type.Unsafe<number | null>({ type: ["integer", "null"], minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
}
