/** What a check of a foreign server is, what it may use, and how it says that something is not as it must be. */

import type { Ask } from "./http.ts";

export type Chapter = "Before a login" | "With a session" | "Writing";

export interface Check {
  id: string;
  chapter: Chapter;
  /** What must be so, as a sentence about the server. */
  expects: string;
  /** What goes wrong in the extension otherwise. */
  why: string;
  /** Why it cannot be looked at on this visit; undefined where it can. */
  skip?(visit: Visit): string | undefined;
  /** Throws `Unmet` where the server does not do what it must. */
  run(visit: Visit): Promise<void>;
}

export interface Visit {
  url: string;
  ask: Ask;
  given: Given;
  /** What earlier checks found out; later ones build on it. */
  learnt: Learnt;
}

export interface Given {
  platform: string | undefined;
  apiKey: string | undefined;
  hostname: string | undefined;
  token: string | undefined;
  /** Of somebody whom the CRM knows. */
  number: string | undefined;
  write: boolean;
}

export interface Learnt {
  manifest?: unknown;
  interfaces?: unknown;
  token?: string | undefined;
  /** Why there is no session. */
  whyNoToken?: string;
  /** Whether a look-up has succeeded. */
  looksUp?: boolean;
  contact?: { id: string | number; name: string; phone: string; type: string | undefined };
  /** A call that was logged, and under which id. */
  call?: { sessionId: string; logId: string };
  /** A conversation that was logged. */
  conversation?: unknown;
}

/** `came`: what the server did instead, in a line. A warning is worth a look, but does not fail the server. */
export class Unmet extends Error {
  override readonly name = "Unmet";
  readonly verdict: "failed" | "warning";

  constructor(came: string, verdict: "failed" | "warning" = "failed") {
    super(came);
    this.verdict = verdict;
  }
}

export function must(isSo: boolean, came: string): asserts isSo {
  if (!isSo) throw new Unmet(came);
}

/** For what the extension can live without. */
export function should(isSo: boolean, came: string): asserts isSo {
  if (!isSo) throw new Unmet(came, "warning");
}
