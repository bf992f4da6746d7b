/** What the console's server answers with, and what its parts share. Moments are epoch milliseconds. */

import type { Store } from "../shared/store.js";
import type { Api } from "./model/api.js";

export interface Issue {
  cause: string;
  sentence: string;
  next: string;
  since: number;
  until?: number;
  said?: string;
  entries: number;
  list?: "waiting" | "uncertain" | "refused";
}

export interface Open {
  waiting: number;
  uncertain: number;
  refused: number;
}

export interface Overview {
  version: string;
  now: number;
  open: Open & { countedUpTo: number };
  longestOwedSince?: number;
  issues: Issue[];
  connections: { connected: number; loggedOut: number };
}

export interface ActivityStep {
  at: number;
  what: "number looked up" | "log accepted" | "log attempted";
  who: string;
  crm: string;
  entryId?: string;
  kind?: "call" | "message";
  version?: number;
  number?: string;
  outcome?: string;
  from?: string;
  matches?: number;
  aim?: string;
  state?: EntryState;
  milliseconds?: number;
}

export type EntryState = "pending" | "sending" | "written" | "uncertain" | "refused" | "dropped";
export type ListName = "waiting" | "uncertain" | "refused" | "written" | "dropped";

export interface Entry {
  id: string;
  kind: "call" | "message";
  sourceKey: string;
  contactId: string;
  state: EntryState;
  logId?: string;
  wantedVersion: number;
  sentVersion: number;
  writtenVersion: number;
  hasContent: boolean;
  attempts: number;
  createdAt: number;
  owedSince: number;
  writtenAt?: number;
  nextAttemptAt?: number;
  holdUntil?: number;
  leaseUntil?: number;
  lastError?: string;
  lastErrorCode?: string;
  marker: string;
  waitsForYou: boolean;
  needsFinding: boolean;
  user: { id: string; name: string; tenant: string; connected: boolean };
  crm: string;
  links: { contact?: string; log?: string };
}

export interface EntryPage {
  entries: Entry[];
  next?: string;
  now: number;
}

export interface Match {
  id: string;
  name: string;
  phone?: string;
}

export interface LookUpFacts {
  number: string;
  outcome: string;
  from: string;
  contacts: Match[];
  reason?: string;
}

export interface AttemptFacts {
  aim: string;
  version: number;
  attempt: number;
  state: EntryState;
  logId?: string;
  reason?: string;
  milliseconds: number;
}

export type PathStep = { at: number } & (
  | { what: "number looked up"; facts: LookUpFacts }
  | { what: "log accepted"; facts: { version: number; number?: string } }
  | { what: "log attempted"; facts: AttemptFacts }
);

export interface EntryAnswer {
  entry: Entry;
  path: { steps: PathStep[]; isWhole: boolean };
  now: number;
}

export interface Connection {
  id: string;
  platform: string;
  tenant: string;
  crmUserId: string;
  name: string;
  crm: string;
  connected: boolean;
  loggedOutAt?: number;
  createdAt: number;
  state: "well" | "held up" | "logged out";
  issues: Issue[];
  lastSuccessAt?: number;
  waiting: number;
  uncertain: number;
  refused: number;
}

export interface ConnectionPage {
  connections: Connection[];
  heldUp: number;
  next?: string;
  now: number;
}

export type Outcome = "written" | "waiting" | "uncertain" | "refused" | "dropped";
export type Ending = "answered" | "refused" | "slowed down" | "failed";

export interface TrafficFigures {
  requests: number;
  endings: Record<Ending, number>;
  p50?: number;
  p95?: number;
}

export interface PlatformTraffic extends TrafficFigures {
  platform: string;
  crm: string;
  points: (TrafficFigures & { at: number })[];
  operations: (TrafficFigures & { operation: string })[];
}

export interface Budget {
  who: string;
  crm: string;
  remaining: number;
  limit: number;
  resetsAt: number;
  learntAt: number;
  usedPerHour: number;
  usedUpAt?: number;
}

export interface Day {
  now: number;
  logs: { span: number; kind: "call" | "message"; outcome: Outcome; entries: number }[];
  traffic: PlatformTraffic[];
  budgets: { known: number; lowest: Budget[] };
}

export interface Found {
  numbers: string[];
  readAs: string[];
  entries: Entry[];
  lookUps: (LookUpFacts & { at: number; who: string; crm: string })[];
  next?: string;
  now: number;
}

/** Where in the console one is: a place and what narrows it down. */
export interface Route {
  place: readonly string[];
  query: URLSearchParams;
}

export interface Session {
  /** Undefined: not known yet. */
  isIn: boolean | undefined;
  /** Why one is out, where there is something to say. */
  why: string | undefined;
}

/** One line of a legend, and its part of a picture. */
export interface Series {
  name: string;
  /** A colour of pictures.css. */
  colour: string;
  values: (number | null)[];
}

export interface Parts {
  session: Store<Session>;
  api: Api;
  route: Store<Route>;
  /** Grows whenever something has happened that a page may want to show. */
  tick: Store<number>;
  open: Store<Open | undefined>;
  live: Store<"live" | "looking" | "away">;
  logIn(token: string): Promise<void>;
  logOut(): Promise<void>;
  /** Milliseconds by which the server's clock is ahead of this browser's. */
  clockAhead: Store<number>;
}
