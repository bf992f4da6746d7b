/** Call parts for property tests: ordinary words, our own labels, markup, and anything else. */

import * as fc from "fast-check";
import { CALL_LAYOUT, type PlacedPart } from "../../../src/core/log-body/call-layout.ts";
import type { CallParts } from "../../../src/core/log-body/call-parts.ts";
import type { LogFormat } from "../../../src/sdk/connector.ts";
import { partValue } from "../../../src/core/log-body/part-value.ts";

export const FORMATS: readonly LogFormat[] = ["text/plain", "text/html", "text/markdown"];

export const NASTY_LINES: readonly string[] = [
  CALL_LAYOUT.flatMap(({ label }) => [
    `- ${label}: x`,
    `- ${label}:`,
    ` - ${label}: x`,
    `**${label}**: 3`,
    `### ${label}`,
  ]),
  [
    "- Agent notes: x",
    "--- END",
    " --- END",
    "--- JOURNEY END",
    "## Agent notes",
    "## Call details",
    "\\## Call details",
  ],
  [
    "$&",
    "$1",
    "$$",
    "cost $& more",
    "<b>",
    "</li>",
    "<br>",
    "<b>Result</b>: x",
    "<b>Call details</b>",
    "</div>",
    "<!--",
  ],
  [
    "&amp;",
    "&nbsp;",
    "&",
    "&lt;b&gt;",
    "",
    " ",
    "  ",
    "\t",
    "\\",
    "\\\\### AI Note",
    "  two",
    "555-1234",
    "No-Answer",
    "-",
  ],
  [
    "(pending...)",
    "https://rec.example/1?a=1&b='2'",
    "https://rec.example/2 (nice)",
    "open",
    ":",
    "a",
    "\u2028",
    "\u00a0",
  ],
].flat();

export const nastyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: lines(fc.constantFrom(...NASTY_LINES), 6) },
  { weight: 2, arbitrary: lines(fc.oneof(fc.constantFrom(...NASTY_LINES), fc.string({ maxLength: 12 })), 4) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);

/** Few words, so that old, new and edited texts often share lines. */
export const plainWords: fc.Arbitrary<string> = lines(fc.constantFrom("a", "b", "a b", "b!", "a (x)", "c d", ""), 4);

export function partsOf(text: fc.Arbitrary<string>, format: LogFormat): fc.Arbitrary<CallParts> {
  const fields = Object.fromEntries(CALL_LAYOUT.map(({ part }) => [part, text]));
  return fc
    .tuple(
      fc.record<Partial<Record<PlacedPart, string>>>(fields, { requiredKeys: [] }),
      fc.constantFrom("Inbound", "Outbound", undefined),
    )
    .map(([parts, direction]) => normalised(parts, format === "text/html" ? direction : undefined));
}

/** What `readCallBody` gives back: normal values only, and a direction only with the number that it labels. */
export function normalised(parts: CallParts, direction: string | undefined): CallParts {
  const normal: CallParts = {};
  for (const { part } of CALL_LAYOUT) {
    const value = partValue(part, parts[part] ?? "");
    if (value !== "") normal[part] = value;
  }
  if (normal.contactNumber !== undefined && direction !== undefined) normal.direction = direction;
  return normal;
}

function lines(line: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc.array(line, { minLength: 1, maxLength }).map((all) => all.join("\n"));
}
