/** A CRM that is nothing but an array of records: it answers as it is told to, and people edit and delete in it. */

import type { Connector } from "../../src/sdk/connector.ts";
import {
  announcedWaitMs,
  answersAfter,
  asksToWait,
  type CrmBehaviour,
  type CrmFault,
  failureOf,
  type Method,
  recordMissing,
  WORKS_AFTER_DEATH_MS,
  writesAfter,
} from "./crm-behaviour.ts";
import type { SimulatedTime } from "./simulated-time.ts";

export interface CrmRecord {
  logId: string;
  marker: string;
  contactId: string;
  subject: string;
  body: string;
  /** What people added; it must stay. */
  words: string[];
  isDeleted: boolean;
}

/** Who sends requests: a process that may die before each of them and before it hears the answer, or hear it late. */
export interface Caller {
  step(): Promise<void>;
  wakeUp(): Promise<void>;
  /** Whether it is dead or suspended. */
  isAway(): boolean;
}

type CallFunctions = Pick<Connector, "createCallLog" | "updateCallLog" | "findCallLog">;

export interface ModelCrm {
  records: CrmRecord[];
  /** Markers of records about which the CRM said no. */
  rejected: Set<string>;
  /** Markers of records with which it was bothered before the time that it had announced; looks for a marker do not count. */
  impatience: string[];
  /** Answers the next requests like this, in turn, and all others well. */
  behave(faults: readonly CrmFault[]): void;
  /** Answers everything like this from now on; well, unless told. */
  always(behaviour?: CrmBehaviour): void;
  /** Whether an answer of late asked for more patience than usual. */
  askedToWait(): boolean;
  functionsFor(caller: Caller): CallFunctions;
  /** The caller is dead or suspended: what it had sent is done soon or never. */
  hangUp(caller: Caller): void;
  /** Whether a change to this record is still at work. */
  isBusyWith(record: CrmRecord): boolean;
}

const WELL: CrmBehaviour = { kind: "slow", ms: 0 };

interface Request {
  caller: Caller;
  method: Method;
  marker: string;
  /** For our marker: harms nobody, however early. */
  isLook?: boolean;
}

interface LateWrite {
  caller: Caller;
  marker: string;
  at: number;
}

export function createModelCrm(time: SimulatedTime): ModelCrm {
  const records: CrmRecord[] = [];
  const rejected = new Set<string>();
  const impatience: string[] = [];
  const notBefore = new Map<string, number>();
  const lateWrites = new Set<LateWrite>();
  let faults: CrmFault[] = [];
  let otherwise = WELL;
  let patience = false;

  /** One request and its answer. `act` reads or changes the records, at the moment at which this CRM gets to it. */
  async function exchange<T>({ caller, method, marker, isLook = false }: Request, act: () => T): Promise<T> {
    await caller.step();
    if (!isLook && (notBefore.get(marker) ?? 0) > time.now()) impatience.push(marker);
    const behaviour = nextBehaviour(method);
    if (behaviour.kind === "400") rejected.add(marker);
    patience ||= asksToWait(behaviour);
    const failure = failureOf(behaviour, method);
    let outcome: (() => T) | undefined;
    const doIt = () => (outcome ??= outcomeOf(act));
    const delay = writesAfter(behaviour);
    if (method !== "GET" && delay === 0) doIt();
    else if (method !== "GET" && delay !== undefined) late(caller, marker, delay, doIt);
    const wait = answersAfter(behaviour);
    if (wait > 0) await new Promise<void>((resolve) => time.after(wait, resolve));
    // One that slept between reading and writing would overwrite what others wrote meanwhile: no CRM here can prevent that.
    if (method !== "GET") await caller.wakeUp();
    await caller.step();
    if (!isLook) notBefore.set(marker, time.now() + announcedWaitMs(behaviour));
    if (failure !== undefined) throw failure;
    return doIt()();
  }

  function nextBehaviour(method: Method): CrmBehaviour {
    const fault = faults.find((one) => one.method === method);
    faults = faults.filter((one) => one !== fault);
    return fault?.behaviour ?? otherwise;
  }

  function late(caller: Caller, marker: string, delay: number, doIt: () => void): void {
    if (caller.isAway()) return;
    const write = { caller, marker, at: time.now() + delay };
    lateWrites.add(write);
    time.after(delay, () => {
      if (lateWrites.delete(write)) doIt();
    });
  }

  function standing(logId: string, method: Method): CrmRecord {
    const record = records.find((one) => one.logId === logId && !one.isDeleted);
    if (record === undefined) throw recordMissing(method);
    return record;
  }

  return {
    records,
    rejected,
    impatience,
    behave(next) {
      faults = [...faults, ...next];
    },
    always(behaviour = WELL) {
      faults = [];
      otherwise = behaviour;
    },
    askedToWait: () => patience,
    hangUp(caller) {
      const end = time.now() + WORKS_AFTER_DEATH_MS;
      for (const write of lateWrites) if (write.caller === caller && write.at > end) lateWrites.delete(write);
    },
    isBusyWith: ({ marker }) => [...lateWrites].some((write) => write.marker === marker),

    functionsFor: (caller) => ({
      createCallLog: (_context, { marker, contact, subject, body }) =>
        exchange({ caller, method: "POST", marker }, () => {
          const logId = String(records.length + 1);
          records.push({ logId, marker, contactId: contact.id, subject, body, words: [], isDeleted: false });
          return { logId };
        }),

      async updateCallLog(_context, { logId, subject, revise }) {
        const marker = records.find((record) => record.logId === logId)?.marker ?? "";
        const before = await exchange({ caller, method: "GET", marker }, () => standing(logId, "GET").body);
        const body = revise(before);
        await exchange({ caller, method: "PATCH", marker }, () =>
          Object.assign(standing(logId, "PATCH"), { body, ...(subject === undefined ? {} : { subject }) }),
        );
      },

      findCallLog: (_context, { marker, contactId }) =>
        exchange({ caller, method: "GET", marker, isLook: true }, () =>
          records.find((record) => record.marker === marker && record.contactId === contactId && !record.isDeleted),
        ),
    }),
  };
}

/** What an act came to, to be told later. */
function outcomeOf<T>(act: () => T): () => T {
  try {
    const value = act();
    return () => value;
  } catch (thrown) {
    return () => {
      throw thrown;
    };
  }
}
