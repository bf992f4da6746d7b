/** What a check found: well, to be looked at, to be put right, or not to be seen. */

export type Area = "configuration" | "database" | "keys" | "CRMs" | "clock";
export type Verdict = "ok" | "warning" | "problem" | "skipped";

export interface Finding {
  area: Area;
  /** What was looked at, such as a variable's name. */
  about: string;
  verdict: Verdict;
  /** A plain sentence or a value, without anything secret. */
  found: string;
  /** What to do about it. */
  remedy?: string;
  /** Nobody has to read it: people are told how many there are. */
  quiet?: boolean;
}

type Found = Pick<Finding, "about" | "found">;

export interface Findings {
  ok(found: Found & Pick<Finding, "quiet">): void;
  warn(found: Found & { remedy: string }): void;
  /** Where the sentence says itself what to do, there is no other remedy. */
  problem(found: Found & Pick<Finding, "remedy">): void;
  skip(found: Found): void;
}

/** Adds what one area finds to a list. */
export function findingsOf(area: Area, list: Finding[]): Findings {
  const adding = (verdict: Verdict) => (found: Omit<Finding, "area" | "verdict">) => {
    list.push({ area, verdict, ...found });
  };
  return { ok: adding("ok"), warn: adding("warning"), problem: adding("problem"), skip: adding("skipped") };
}
