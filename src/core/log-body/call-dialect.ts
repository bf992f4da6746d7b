/** What composing, reading and merging need to know about a format. */

import type { PlacedPart } from "./call-layout.ts";
import type { CallParts } from "./call-parts.ts";
import type { LogFormat } from "../../sdk/connector.ts";
import { htmlDialect } from "./html-dialect.ts";
import { lineDialect } from "./line-dialect.ts";
import type { Splice } from "./splice.ts";

/** A part as it stands in a body. Offsets count characters of the body. */
export interface FoundPart {
  readonly part: PlacedPart;
  /** Everything that goes when the part goes. */
  readonly start: number;
  readonly end: number;
  /** The value as it is written; empty where only the label stands. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly value: string;
  /** What a new value needs around it because it was taken out of the body. */
  readonly before?: string;
  readonly after?: string;
  readonly direction?: CallParts["direction"];
}

export interface CallDialect {
  /** A whole new part, value and label. */
  write(part: PlacedPart, value: string, direction: CallParts["direction"]): string;
  /** The parts in the order in which they stand; the first of several with one label counts, the others are repeats. */
  find(body: string): FoundPart[];
  /** A value as it is written in the place of one that stands, whose untouched lines keep their bytes. */
  rewrite(body: string, found: FoundPart, value: string): string;
  /** A part written between others. */
  insert(body: string, at: number, part: PlacedPart, text: string): Splice;
}

export function callDialect(format: LogFormat): CallDialect {
  return format === "text/html" ? htmlDialect : lineDialect(format);
}
