/** The words behind `npm run chaos --`. */

import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

export interface ChaosOptions {
  seed: number;
  databases: readonly ("sqlite" | "postgres")[];
  calls: number;
  conversations: number;
  kills: number;
  people: number;
}

const USAGE =
  "Usage: npm run chaos -- [--seed n] [--database sqlite|postgres|both] [--calls n] [--conversations n] [--kills n] [--people n]";

/** Throws an Error with a sentence for words that cannot be meant. */
export function readOptions(words: readonly string[]): ChaosOptions {
  const values = understood(words);
  return {
    seed: whole("seed", values.seed, randomInt(1_000_000)),
    databases: databasesFrom(values.database ?? "both"),
    calls: whole("calls", values.calls, 1_000),
    conversations: whole("conversations", values.conversations, 200),
    kills: whole("kills", values.kills, 24),
    people: whole("people", values.people, 24),
  };
}

function understood(words: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const options = { seed: text, database: text, calls: text, conversations: text, kills: text, people: text };
    return parseArgs({ args: [...words], options }).values;
  } catch {
    throw new Error(`These arguments are not understood.\n${USAGE}`);
  }
}

function whole(name: string, word: string | undefined, otherwise: number): number {
  if (word === undefined) return otherwise;
  if (/^\d{1,9}$/.test(word)) return Number(word);
  throw new Error(`--${name} must be a whole number.`);
}

function databasesFrom(word: string): ChaosOptions["databases"] {
  if (word === "both") return ["sqlite", "postgres"];
  if (word === "sqlite" || word === "postgres") return [word];
  throw new Error("--database must be sqlite, postgres or both.");
}
