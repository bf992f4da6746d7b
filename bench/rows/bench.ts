/** What every measurement gets: who is measured, the load, the CRM, and how long to look. */

import type { BenchCrm } from "../contestants/crm.ts";
import type { PeerContestant } from "../contestants/peer.ts";
import type { TrunklineContestant } from "../contestants/trunkline.ts";
import type { LoadGenerator } from "../load/load.ts";

/** Connections at once, one person each. */
export const PEOPLE = 16;
/** People who are connected, for the measurement in which all their telephones ring. */
export const CROWD = 200;

export interface Effort {
  rounds: number;
  /** Of each contestant in each round. */
  secondsEach: number;
}

export interface Bench {
  peer: PeerContestant;
  sqlite: TrunklineContestant;
  postgres: TrunklineContestant;
  crm: BenchCrm;
  load: LoadGenerator;
  effort: Effort;
  /** Told before each step. */
  progress(what: string): void;
}

/** One line of the table. */
export interface Row {
  title: string;
  /** What was asked for, in the words of the table. */
  target: string;
  cells: { SQLite: Cell; PostgreSQL: Cell | undefined };
  /** Absolute figures and remarks: never the claim. */
  remarks: string[];
}

export interface Cell {
  /** Of every round. */
  values: readonly number[];
  /** "×" or a unit. */
  unit: string;
  reached: boolean;
}
