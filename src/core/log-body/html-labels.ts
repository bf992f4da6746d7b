/** Finds our labels in HTML: bold text that is exactly a label, however the CRM's editor spells bold. */

import { CALL_LAYOUT, CONTACT_NUMBER_LABELS, DETAILS_HEADING, NOTE_HEADING, type PlacedPart } from "./call-layout.ts";
import type { CallParts } from "./call-parts.ts";

export interface HtmlLabel {
  readonly part: PlacedPart;
  /** `details` is the heading that follows a note. */
  readonly kind: "note" | "details" | "fact" | "text";
  /** From the tag that makes it bold to behind that tag's end and the colon. */
  readonly start: number;
  readonly end: number;
  readonly direction?: CallParts["direction"];
}

/** A label in the middle of somebody's sentence is not bold, and a fact's label has its colon. */
export function labelsIn(body: string): HtmlLabel[] {
  return [...body.matchAll(BOLD_LABEL)].flatMap((match) => {
    const [whole, , text = "", inside, outside] = match;
    const label = LABELS.get(text.toLowerCase());
    if (!label || (label.kind === "fact" && !inside && !outside)) return [];
    return [{ ...label, start: match.index, end: match.index + whole.length }];
  });
}

type LabelMeaning = Omit<HtmlLabel, "start" | "end">;

const LABELS: ReadonlyMap<string, LabelMeaning> = new Map([
  ...CALL_LAYOUT.filter(({ shape }) => shape !== "note").map(({ part, shape, label, htmlLabel }) =>
    entry(htmlLabel ?? label, { part, kind: shape === "text" ? "text" : "fact" }),
  ),
  ...Object.entries(CONTACT_NUMBER_LABELS).map(([direction, label]) =>
    entry(label, { part: "contactNumber", kind: "fact", direction }),
  ),
  entry(NOTE_HEADING, { part: "note", kind: "note" }),
  entry(DETAILS_HEADING, { part: "note", kind: "details" }),
]);

function entry(label: string, meaning: LabelMeaning): [string, LabelMeaning] {
  return [label.toLowerCase(), meaning];
}

const BOLD_LABEL = new RegExp(
  `<(b|strong)\\b[^<>]*>\\s*(${[...LABELS.keys()].join("|")})\\s*(:?)\\s*</\\1\\s*>(\\s*:)?`,
  "gi",
);
