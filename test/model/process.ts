/** One server process around the ledger: it can die before and after everything that it asks of the database or of the CRM. */

import { Agent } from "undici";
import { demo } from "../../src/connectors/demo/index.ts";
import { createCallWriter } from "../../src/core/calls/call-writer.ts";
import { createObservations } from "../../src/core/observations.ts";
import { createLedger, type Ledger } from "../../src/core/ledger/ledger.ts";
import type { CrmReach } from "../../src/core/ledger/record-writer.ts";
import { createMessageWriter } from "../../src/core/messages/message-writer.ts";
import type { LogFormat } from "../../src/sdk/connector.ts";
import { createCrmHttp } from "../../src/sdk/crm-http.ts";
import type { LogEntryStore } from "../../src/store/log-entries.ts";
import { STUMBLED } from "./crm-behaviour.ts";
import type { Caller, ModelCrm } from "./model-crm.ts";
import type { SimulatedTime } from "./simulated-time.ts";

export interface LedgerProcess extends Caller {
  ledger: Ledger;
  isDead(): boolean;
  /** Dies at its n-th step from now. */
  dieAfter(steps: number): void;
  /** Hears no answer of the CRM and renews no lease for so long, as a machine that was suspended. */
  freeze(ms: number): void;
}

export interface ProcessSurroundings {
  time: SimulatedTime;
  crm: ModelCrm;
  entries: LogEntryStore;
  logFormat: LogFormat;
  /** Whether the connector can look for a record by its marker. */
  canLook: boolean;
  /** Between 0 and 1; lets other processes go first now and then. */
  random(): number;
  onUnforeseen(error: unknown): void;
}

/** At most this often others go first at one step. */
const LONGEST_DAWDLE = 3;
export const NOTHING_FILLED_IN = { filledIn: () => Promise.resolve({}) };

export function startProcess(surroundings: ProcessSurroundings): LedgerProcess {
  const { time, crm, random, onUnforeseen } = surroundings;
  let stepsToLive = Infinity;
  const isDead = () => stepsToLive <= 0;

  async function step(): Promise<void> {
    for (let turn = Math.floor(random() * LONGEST_DAWDLE); turn > 0; turn -= 1)
      await time.busyWith(() => new Promise((resolve) => setImmediate(resolve)));
    if (isDead()) throw new Error("The process is dead.");
    dieAfter(stepsToLive - 1);
    if (isDead()) throw new Error("The process dies.");
  }

  function dieAfter(steps: number): void {
    stepsToLive = steps;
    if (isDead()) crm.hangUp(caller);
  }

  let frozenUntil = 0;
  async function wakeUp(): Promise<void> {
    while (time.now() < frozenUntil)
      await new Promise<void>((resolve) => time.after(frozenUntil - time.now(), resolve));
  }
  const caller: Caller = { step, wakeUp, isAway: () => isDead() || time.now() < frozenUntil };

  return {
    ...caller,
    isDead,
    dieAfter,
    freeze(ms) {
      frozenUntil = time.now() + ms;
      crm.hangUp(caller);
    },
    ledger: createLedger({
      entries: steppingInto(surroundings.entries, caller, time),
      writers: { call: createCallWriter(NOTHING_FILLED_IN), message: createMessageWriter(NOTHING_FILLED_IN) },
      observations: createObservations(),
      async reach() {
        await step();
        return reachOf(surroundings, caller);
      },
      onUnforeseen(error) {
        const { cause } = error.facts;
        if (!isDead() && !(cause instanceof Error && cause.message === STUMBLED)) onUnforeseen(cause ?? error);
      },
    }),
  };
}

/** The store, with a step before each query, before each commit and after it. */
function steppingInto(entries: LogEntryStore, { step, wakeUp }: Caller, time: SimulatedTime): LogEntryStore {
  async function across<T>(work: () => Promise<T>): Promise<T> {
    await step();
    const done = await time.busyWith(work);
    await step();
    return done;
  }
  return {
    ...entries,
    inTransaction: (work) =>
      across(() =>
        entries.inTransaction(async (inside) => {
          const done = await work(inside);
          await step();
          return done;
        }),
      ),
    get: (id) => across(() => entries.get(id)),
    insert: (entry) => across(() => entries.insert(entry)),
    settle: (entry, change, durably) => across(() => entries.settle(entry, change, durably)),
    wake: (userId, reasons) => across(() => entries.wake(userId, reasons)),
    async renewLease(id, until) {
      await wakeUp();
      await across(() => entries.renewLease(id, until));
    },
  };
}

/** What the writers need of a CRM; the model CRM needs no HTTP. */
export function reachOf({ crm, logFormat, canLook }: ProcessSurroundings, caller: Caller): CrmReach {
  const { findCallLog, ...functions } = crm.functionsFor(caller);
  const { findCallLog: _demo, ...connector } = demo;
  const http = createCrmHttp({ agent: new Agent(), observe: () => undefined });
  return {
    connector: {
      ...connector,
      ...functions,
      ...(canLook && findCallLog !== undefined ? { findCallLog } : {}),
      logFormat,
    },
    crm: http.bind({
      platform: demo.platform,
      displayName: "Model CRM",
      origins: { api: "http://model-crm.invalid" },
      authorization: () => Promise.resolve(""),
    }),
    user: {
      id: "ann",
      tenant: "acme",
      name: "Ann",
      hostname: undefined,
      timeZone: "Europe/Berlin",
      platformAdditionalInfo: {},
      settings: {},
    },
  };
}
