/** Clio's `fields`: what an answer holds of a record, one level of nesting deep. */

import type { JsonObject } from "../../../src/store/json.ts";

/** What may be asked for: the record's own fields, and those of each resource nested in it. */
export interface Shape {
  own: readonly string[];
  nested: Readonly<Record<string, readonly string[]>>;
}

/** What is answered where nothing else is asked for. */
const DEFAULT_FIELDS = ["id", "etag"];

export class InvalidFields extends Error {}

/** The record reduced to what `fields` names; throws `InvalidFields` for a field that there is not. */
export function select(record: JsonObject, fields: string | undefined, shape: Shape): JsonObject {
  const wanted = fields === undefined ? DEFAULT_FIELDS : namesIn(fields);
  return Object.fromEntries(
    wanted.map((entry) => {
      const [, name = "", inner] = /^(\w+)(?:\{(.*)\})?$/.exec(entry) ?? [];
      const nested = shape.nested[name];
      if (nested !== undefined) return [name, selectNested(record[name], inner, nested)];
      if (inner !== undefined || !(shape.own.includes(name) || DEFAULT_FIELDS.includes(name))) {
        throw new InvalidFields(`${entry} is not a valid field`);
      }
      return [name, record[name] ?? (name === "etag" ? `"${String(record["id"])}"` : null)];
    }),
  );
}

function selectNested(value: unknown, inner: string | undefined, own: readonly string[]): unknown {
  const shape: Shape = { own, nested: {} };
  // Asked for even where nothing is nested, so that a wrong name is always found.
  select({}, inner, shape);
  if (Array.isArray(value)) return value.map((item: JsonObject) => select(item, inner, shape));
  return isRecord(value) ? select(value, inner, shape) : null;
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}

/** "id,matter{id,status}" as ["id", "matter{id,status}"]. */
function namesIn(fields: string): string[] {
  return fields.split(/,(?![^{]*\})/);
}
