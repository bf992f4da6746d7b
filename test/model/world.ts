/** Two processes on one database, a CRM, and what they promised: everything that a model run acts on. */

import assert from "node:assert/strict";
import { readWantedCall, type WantedCall } from "../../src/core/calls/call-content.ts";
import { markerOf } from "../../src/core/ledger/record-writer.ts";
import type { LogFormat } from "../../src/sdk/connector.ts";
import type { Database } from "../../src/store/database.ts";
import type { LogEntry, LogEntryStore } from "../../src/store/log-entries.ts";
import { type CrmRecord, createModelCrm, type ModelCrm } from "./model-crm.ts";
import { type LedgerProcess, type ProcessSurroundings, startProcess } from "./process.ts";
import type { SimulatedTime } from "./simulated-time.ts";

export interface Circumstances {
  logFormat: LogFormat;
  canLook: boolean;
  /** Whether the run begins with calls that are in the CRM already. */
  isLogged: boolean;
  /** Decides what real processes leave to chance: jitter, and who is first. */
  seed: number;
}

export interface WorldDependencies {
  time: SimulatedTime;
  database: Database;
  entries: LogEntryStore;
  userId: string;
}

export interface World extends ProcessSurroundings {
  /** Accepts new content for a call, as a request would, and begins to deliver it. */
  post(process: LedgerProcess, sessionId: string, wanted: WantedCall): Promise<void>;
  process(at: number): LedgerProcess;
  /** Delivers what is due, as a worker does. */
  work(process: LedgerProcess): Promise<void>;
  /** Starts anew what has died. */
  restart(): void;
  /** Ends all processes, whatever they were at. */
  end(): void;
  entry(sessionId: string): Promise<LogEntry | undefined>;
  record(entry: LogEntry): CrmRecord | undefined;
  /** When something is to be done next; undefined when all is done. */
  nextDue(): Promise<number | undefined>;
  wakeAfterLogin(): Promise<void>;
  /** What went wrong in a way that no process may go wrong. */
  unforeseen: unknown[];
  crm: ModelCrm;
  /** A process was suspended, perhaps for longer than recovery may take. */
  wasFrozen: boolean;
  /** A process died, perhaps before it could keep what the CRM had announced. */
  hasDied: boolean;
}

const PROCESSES = 2;
const AT_ONCE = 8;

export async function createWorld(dependencies: WorldDependencies, circumstances: Circumstances): Promise<World> {
  const { time, database, entries, userId } = dependencies;
  await database.db.deleteFrom("log_entries").execute();
  const unforeseen: unknown[] = [];
  const surroundings: ProcessSurroundings = {
    ...circumstances,
    time,
    entries,
    crm: createModelCrm(time),
    random: chance(circumstances.seed),
    onUnforeseen: (error) => unforeseen.push(error),
  };
  const processes = Array.from({ length: PROCESSES }, () => startProcess(surroundings));

  /** Runs until the process ends it or dies; nobody waits for it. */
  function inBackground({ isDead }: LedgerProcess, work: Promise<unknown>): void {
    work.catch((thrown: unknown) => {
      if (!isDead()) unforeseen.push(thrown);
    });
  }

  async function deliver({ ledger }: LedgerProcess, entry: Pick<LogEntry, "id" | "wantedVersion">): Promise<void> {
    assertTold(await ledger.deliver(entry), entry);
  }

  function assertTold({ state, writtenVersion }: LogEntry, entry: Pick<LogEntry, "wantedVersion">): void {
    if (state === "written") assert.ok(writtenVersion >= entry.wantedVersion, "told of a version that is not there");
  }

  return {
    ...surroundings,
    unforeseen,
    wasFrozen: false,
    hasDied: false,
    record: (entry) => surroundings.crm.records.findLast(({ marker }) => marker === markerOf(entry)),
    entry: (sessionId) =>
      entries.inTransaction((inside) => inside.byKey({ userId, kind: "call", sourceKey: sessionId })),
    wakeAfterLogin: () => entries.wake(userId, ["crm-session-ended", "not-connected"]),

    process(at) {
      const process = processes[at];
      assert.ok(process);
      return process;
    },

    async post(process, sourceKey, wanted) {
      const intent = { contactId: wanted.contact.id, wanted };
      const request = async () => {
        const submitted = await process.ledger.submit({ userId, kind: "call", sourceKey }, () => intent);
        assert.ok(submitted);
        assertTold(await submitted.delivery, submitted.entry);
      };
      inBackground(process, request());
      await time.quiet();
    },

    async work(process) {
      const due = await time.busyWith(() => entries.due(time.now(), AT_ONCE, []));
      for (const { id } of due) inBackground(process, deliver(process, { id, wantedVersion: 0 }));
      await time.quiet();
    },

    restart() {
      processes.forEach((process, at) => {
        if (process.isDead()) processes[at] = startProcess(surroundings);
      });
    },

    end() {
      for (const process of processes) process.dieAfter(0);
    },

    async nextDue() {
      const rows = await database.db.selectFrom("log_entries").selectAll().execute();
      const dues = rows.flatMap((row) => {
        if (row.state === "sending") return row.lease_until === null ? [] : [row.lease_until + 1];
        return row.next_attempt_at === null ? [] : [row.next_attempt_at];
      });
      return dues.length === 0 ? undefined : Math.min(...dues);
    },
  };
}

export function contentOf(entry: LogEntry): WantedCall {
  return readWantedCall(entry.wanted);
}

/** A small generator of chance that a seed repeats (mulberry32, public domain). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
