/** Points in time on the wire: written as ISO 8601, read as ISO 8601 or as milliseconds since 1970. */

import { badRequest } from "./refusals.ts";

/** A date alone means its midnight in UTC; a time of day must say its zone, since guessing one moves the record. */
const ISO = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** `field` is named in the sentence of the 400 that anything else ends in. */
export function readTime(field: string, value: string | number): number {
  const milliseconds = typeof value === "number" ? value : readText(value);
  if (Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds <= LATEST) return milliseconds;
  throw badRequest(`${field} must be an ISO 8601 time with its zone, or milliseconds since 1970.`);
}

function readText(value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  const date = ISO.exec(value)?.[1];
  // Date.parse rolls 30 February over into March.
  const exists = date !== undefined && new Date(Date.parse(date) || 0).toISOString().startsWith(date);
  return exists ? Date.parse(value) : Number.NaN;
}
