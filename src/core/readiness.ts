/** Whether a balancer should send requests here: the database answers, its tables are far enough, and nobody has asked us to stop. */

import { promptly } from "./promptly.ts";

/** A balancer asks every few seconds, and gives up soon. */
const ANSWER_WITHIN_MS = 2_000;
const KEEP_MS = 500;

/** Undefined, or why not, as a sentence for the operator. */
export type Unready = string | undefined;

export interface Readiness {
  check(): Promise<Unready>;
  /** From now on it is not ready, whatever the database says. */
  stop(): void;
}

export interface ReadinessDependencies {
  /** The migrations that have not run yet; fails where the database does not answer. Those of a newer program do no harm here. */
  migrationsOwed(): Promise<readonly string[]>;
  /** Told why the database did not answer. */
  onFailure(error: unknown): void;
}

export function createReadiness({ migrationsOwed, onFailure }: ReadinessDependencies): Readiness {
  const owed = promptly({ ask: migrationsOwed, keepMs: KEEP_MS, withinMs: ANSWER_WITHIN_MS });
  let stopping = false;
  return {
    async check() {
      if (stopping) return "Trunkline is stopping; another server answers.";
      try {
        const missing = await owed();
        if (missing.length === 0) return undefined;
        return "The tables of the database are older than this Trunkline. Restart it, or run trunkline migrate.";
      } catch (thrown) {
        onFailure(thrown);
        return "Trunkline cannot reach its database at the moment.";
      }
    },
    stop() {
      stopping = true;
    },
  };
}
