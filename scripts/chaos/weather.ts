/** Switches every fault of the Demo CRM on and off, on creations, updates and reads, those first that nobody has met yet. */

import { setTimeout as wait } from "node:timers/promises";
import type { DemoCrm, Fault } from "./demo-crm.ts";
import type { Random } from "./random.ts";

export interface Weather {
  /** Requests that met a fault. */
  met(): number;
  /** How many of all kinds of fault and request were met, and how many there are. */
  kindsMet(): { met: number; all: number };
  /** Ends with the sky clear. */
  clear(): Promise<void>;
}

export interface Climate {
  random: Random;
  longestDelayMs: number;
  /** The sky clears after this long by itself. */
  stormMs: number;
}

export function makeWeather(crm: DemoCrm, { random, longestDelayMs, stormMs }: Climate): Weather {
  const orders = METHODS.flatMap((method) =>
    KINDS.map((fault) => ({ match: `${method} /api/activities`, ...fault, met: 0 })),
  );
  const clearing = new AbortController();
  let standing: Fault[] = [];

  /** Counts how often the standing faults struck, and puts these in their place. */
  async function replaceBy(faults: Fault[]): Promise<void> {
    const left = await crm.setFaults(faults);
    for (const fault of standing) {
      const order = orders.find((one) => isOf(one, fault));
      const rest = left.find((one) => isOf(fault, one))?.times ?? 0;
      if (order !== undefined) order.met += fault.times - rest;
    }
    standing = faults;
  }

  function next(): Fault[] {
    const unmet = orders.filter(({ met }) => met === 0);
    const [first, second] = random.shuffled(unmet.length > 0 ? unmet : orders);
    const chosen = random.chance(0.5) ? [first, second] : [first];
    return chosen.flatMap((order) => (order === undefined ? [] : [faultOf(order, random, longestDelayMs)]));
  }

  async function change(): Promise<void> {
    const until = Date.now() + stormMs;
    while (!clearing.signal.aborted && Date.now() < until) {
      await replaceBy(random.chance(0.2) ? [] : next());
      await wait(random.between(150, 900), undefined, { signal: clearing.signal }).catch(() => undefined);
    }
    await replaceBy([]);
  }

  const changing = change();
  // A CRM that does not answer any more is found out by whoever clears.
  changing.catch(() => undefined);
  return {
    met: () => orders.reduce((sum, { met }) => sum + met, 0),
    kindsMet: () => ({ met: orders.filter(({ met }) => met > 0).length, all: orders.length }),
    async clear() {
      clearing.abort();
      await changing;
    },
  };
}

const METHODS = ["POST", "PATCH", "GET"];
const KINDS: readonly Pick<Fault, "kind" | "dialect">[] = [
  { kind: "429", dialect: "seconds" },
  { kind: "429", dialect: "epoch" },
  { kind: "500" },
  { kind: "delay" },
  { kind: "cut" },
  { kind: "timeout-after-write" },
  { kind: "malformed" },
];

function isOf(order: Pick<Fault, "match" | "kind" | "dialect">, fault: Fault): boolean {
  const [own, other] = [order.dialect ?? "seconds", fault.dialect ?? "seconds"];
  return order.match === fault.match && order.kind === fault.kind && own === other;
}

/** Those that take long strike seldom, so that the run makes way. */
function faultOf(order: Pick<Fault, "match" | "kind" | "dialect">, random: Random, longestDelayMs: number): Fault {
  const { match, kind, dialect } = order;
  const isLong = random.chance(0.2);
  const isSlow = kind === "timeout-after-write" || (kind === "delay" && isLong);
  const longest = isLong ? longestDelayMs : Math.min(1_000, longestDelayMs);
  return {
    match,
    kind,
    times: random.between(1, isSlow ? 3 : 10),
    ms: kind === "429" ? random.between(1, 2) * 500 : random.between(50, longest),
    ...(dialect === undefined ? {} : { dialect }),
  };
}
