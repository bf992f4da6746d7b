/** The text of a call log in a CRM: composed, read, and merged with what a person made of it. */

import { callDialect, type CallDialect, type FoundPart } from "./call-dialect.ts";
import { CALL_LAYOUT, type PlacedPart } from "./call-layout.ts";
import type { CallParts } from "./call-parts.ts";
import type { LogFormat } from "../../sdk/connector.ts";
import { mergeText } from "./merge-text.ts";
import { isMultiline, partValue, PENDING, shapeOf } from "./part-value.ts";
import { spliced, type Splice } from "./splice.ts";
import { sameWords } from "./text-runs.ts";

/** Values are brought to the normal form of `partValue` first. */
export function composeCallBody(parts: CallParts, format: LogFormat): string {
  const dialect = callDialect(format);
  return CALL_LAYOUT.map(({ part }) => {
    const value = partValue(part, parts[part] ?? "");
    return value === "" ? "" : dialect.write(part, value, parts.direction);
  }).join("");
}

/**
 * The values that stand in a body now, also in one that App Connect wrote. What was composed is read back exactly, but a
 * direction only where the label of the contact's number tells it: in HTML.
 */
export function readCallBody(body: string, format: LogFormat): CallParts {
  const parts: CallParts = {};
  for (const { part, value, direction } of callDialect(format).find(body)) {
    if (value === "" || parts[part] !== undefined) continue;
    parts[part] = value;
    if (direction !== undefined) parts.direction = direction;
  }
  return parts;
}

/**
 * Brings into a body what is wanted now and was not written before. Parts that did not change are left as they stand, also
 * where a person edited or deleted them. Where it is unknown what was written, what stands there counts as ours.
 */
export function mergeCallBody(
  body: string,
  change: { written: CallParts | undefined; wanted: CallParts },
  format: LogFormat,
): string {
  const { written, wanted } = change;
  const dialect = callDialect(format);
  const found = dialect.find(body);
  const edits = CALL_LAYOUT.flatMap(({ part }) => {
    const ours = written && partValue(part, written[part] ?? "");
    const next = partValue(part, wanted[part] ?? "");
    if (next === (ours ?? "")) return [];
    const standing = found.filter((candidate) => candidate.part === part);
    if (standing.length > 0)
      return standing.flatMap((one) => replaced(dialect, body, one, valueNow(one, standing, ours, next)));
    if (next === "") return [];
    return [dialect.insert(body, placeOf(part, found, body), part, dialect.write(part, next, wanted.direction))];
  });
  return spliced(body, edits);
}

/** What one of the places where a part stands must say from now on. */
function valueNow(place: FoundPart, places: readonly FoundPart[], ours: string | undefined, next: string): string {
  const { value } = place;
  const first = places.find((other) => other.value !== "") ?? places[0];
  // App Connect repeated a line that it did not recognise: repeats of our own words go, a person's stay.
  if (place !== first && next !== "") return ours !== undefined && ours !== "" && sameWords(value, ours) ? "" : value;
  // A placeholder gives way to whatever comes, whoever wrote it.
  const isOurs = ours === undefined || (value === PENDING && next !== "");
  return mergeText(isOurs ? value : ours, value, next);
}

function replaced(dialect: CallDialect, body: string, place: FoundPart, value: string): Splice[] {
  const { start, end, valueStart, valueEnd } = place;
  if (value === place.value) return [];
  if (value === "") return [{ start, end, text: "" }];
  const text = body.slice(start, valueStart) + dialect.rewrite(body, place, value) + body.slice(valueEnd, end);
  return [{ start, end, text }];
}

/** Behind the part that comes before it, unless that one is of another kind and the part that comes next is of its own. */
function placeOf(part: PlacedPart, found: readonly FoundPart[], body: string): number {
  const order = CALL_LAYOUT.map((layout) => layout.part);
  const ranked = found.toSorted((one, other) => order.indexOf(one.part) - order.indexOf(other.part));
  const previous = ranked.findLast((other) => order.indexOf(other.part) < order.indexOf(part));
  const next = ranked.find((other) => order.indexOf(other.part) > order.indexOf(part));
  if (next && (!previous || (kindOf(next.part) === kindOf(part) && kindOf(previous.part) !== kindOf(part))))
    return next.start;
  return previous?.end ?? body.length;
}

function kindOf(part: PlacedPart): "note" | "lines" | "line" {
  if (shapeOf(part) === "note") return "note";
  return isMultiline(part) ? "lines" : "line";
}
