/** Values of App Connect's columns, as either database hands them over. */

/** A JSON column: an object in PostgreSQL, its text in SQLite; {} for whatever else. */
export function jsonIn(value: unknown): Record<string, unknown> {
  const parsed = parsedJson(value);
  return isObject(parsed) ? parsed : {};
}

export function parsedJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    return undefined;
  }
}

export function textIn(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Epoch milliseconds. */
export function momentIn(value: unknown): number | undefined {
  const at = value instanceof Date ? value.getTime() : typeof value === "string" ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(at) ? at : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
