/** What an import took over and what it did not, and why: gathered while it runs, and told in the end. */

import { table } from "../tables.ts";

export type Part =
  | "users"
  | "calls"
  | "conversations"
  | "messages"
  | "admin settings"
  | "user mappings"
  | "call-down entries"
  | "login fields"
  | "OAuth clients";

export interface PartReport {
  part: Part;
  found: number;
  taken: number;
  alreadyHere: number;
  notTaken: NotTaken[];
}

export interface NotTaken {
  reason: string;
  count: number;
  /** A few of them, as App Connect names them. */
  examples: string[];
}

export interface ImportReport {
  applied: boolean;
  parts: PartReport[];
  /** Sentences about what is not counted. */
  notes: string[];
}

export interface Tally {
  found(count?: number): void;
  taken(count?: number): void;
  alreadyHere(count?: number): void;
  notTaken(reason: string, example: string, count?: number): void;
}

const EXAMPLES = 3;
/** What is more than this differs from row to row, and is told as one. */
const REASONS = 50;
const MANY_REASONS = "For other reasons of the same kind.";

export function createReport(applied: boolean): { report: ImportReport; tally(part: Part): Tally } {
  const report: ImportReport = { applied, parts: [], notes: [] };
  return {
    report,
    tally(part) {
      const own: PartReport = { part, found: 0, taken: 0, alreadyHere: 0, notTaken: [] };
      report.parts.push(own);
      return {
        found: (count = 1) => void (own.found += count),
        taken: (count = 1) => void (own.taken += count),
        alreadyHere: (count = 1) => void (own.alreadyHere += count),
        notTaken(reason, example, count = 1) {
          const known = own.notTaken.find((other) => other.reason === reason) ?? fresh(own, reason);
          known.count += count;
          if (known.examples.length < EXAMPLES) known.examples.push(example);
        },
      };
    },
  };
}

function fresh({ notTaken }: PartReport, reason: string): NotTaken {
  const told = notTaken.length < REASONS ? reason : MANY_REASONS;
  const known = notTaken.find((other) => other.reason === told);
  if (known !== undefined) return known;
  const added = { reason: told, count: 0, examples: [] };
  notTaken.push(added);
  return added;
}

export function inWords({ applied, notes, parts }: ImportReport): string {
  const sum = ({ notTaken }: PartReport) => notTaken.reduce((total, { count }) => total + count, 0);
  const rows = parts.map((part) => [
    part.part,
    ...[part.found, part.taken, part.alreadyHere, sum(part)].map((count) => String(count)),
  ]);
  const reasons = parts.flatMap(({ notTaken, part }) =>
    notTaken.map(
      ({ count, examples, reason }) => `  ${part}, ${count}: ${reason} For instance ${examples.join(", ")}.`,
    ),
  );
  const heading = ["", "FOUND", applied ? "TAKEN OVER" : "TO TAKE OVER", "ALREADY HERE", "NOT TAKEN"];
  return [
    ...table([heading, ...rows]),
    ...(reasons.length === 0 ? [] : ["", "Not taken, and why", ...reasons]),
    ...(notes.length === 0 ? [] : ["", ...notes]),
    "",
    applied
      ? "Done. Running it again takes only what is new."
      : "Nothing was written. Run it again with --apply to take it over.",
    "",
  ].join("\n");
}
