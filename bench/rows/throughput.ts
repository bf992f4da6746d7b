/** Answers per second, in turn: the peer, Trunkline on SQLite, Trunkline on PostgreSQL, and again. A ratio is taken within a round. */

import type { Contestant } from "../contestants/contestant.ts";
import type { LoadOutcome, LoadPlan } from "../load/plan.ts";
import { median, short } from "../report/statistics.ts";
import { type Bench, type Cell, PEOPLE, type Row } from "./bench.ts";
import { findContact, INDEXED_NUMBERS, logCall, NEW_NUMBERS_FROM, readCalls } from "./requests.ts";

/** Calls of a person on a working day, as in the call-centre day, and working days of a month. */
const CALLS_A_DAY = 40;
const DAYS_A_MONTH = 20;
/** Sessions that are in everybody's tables before anything is measured: those of the last month. */
export const SEEDED_ROWS = PEOPLE * CALLS_A_DAY * DAYS_A_MONTH;
/** The peer answers the first ids of a request, and is silent about the others. */
const IDS_THE_PEER_ANSWERS = 5;

export interface Throughput {
  key: string;
  title: string;
  atLeast: { SQLite: number; PostgreSQL: number };
  request(token: string, person: number): string;
  /** What the peer is asked, where it cannot be the same. */
  requestToPeer?(token: string, person: number): string;
  /** How much more one answer of ours says than one of the peer's. */
  worth?: number;
  numbers: LoadPlan["numbers"];
  /** Requests that each answer costs the CRM: checked, so that nobody is fast by leaving something out. */
  crmRequests: number;
  remark?: string;
}

const SEEDED = { from: 0, among: SEEDED_ROWS / PEOPLE };

export const THROUGHPUTS: readonly Throughput[] = [
  {
    key: "callLog-1",
    title: "`GET /callLog`, 1 id",
    atLeast: { SQLite: 25, PostgreSQL: 6 },
    request: (token, person) => readCalls(token, person, 1),
    numbers: SEEDED,
    crmRequests: 0,
  },
  {
    key: "callLog-100",
    title: "`GET /callLog`, 100 ids answered",
    atLeast: { SQLite: 25, PostgreSQL: 6 },
    request: (token, person) => readCalls(token, person, 100),
    requestToPeer: (token, person) => readCalls(token, person, IDS_THE_PEER_ANSWERS),
    worth: 100 / IDS_THE_PEER_ANSWERS,
    numbers: SEEDED,
    crmRequests: 0,
    remark:
      "The peer answers the first 5 ids of any request: it is asked 20 times for what Trunkline answers once. The figures above are of requests, the ratio is of ids.",
  },
  {
    key: "contact-index",
    title: "`GET /contact`, fresh in the index",
    atLeast: { SQLite: 20, PostgreSQL: 6 },
    request: findContact,
    numbers: INDEXED_NUMBERS,
    crmRequests: 0,
  },
  {
    key: "contact-crm",
    title: "`GET /contact`, CRM asked, 0 ms CRM",
    atLeast: { SQLite: 5, PostgreSQL: 4 },
    request: findContact,
    numbers: { from: NEW_NUMBERS_FROM },
    crmRequests: 2,
  },
  {
    key: "log-call",
    title: "`POST /callLog`, 0 ms CRM, durable",
    atLeast: { SQLite: 5, PostgreSQL: 3 },
    request: logCall,
    numbers: { from: 0 },
    crmRequests: 1,
  },
];

interface Measured extends LoadOutcome {
  perSecond: number;
  /** Processor time of the server alone, in microseconds per answer. */
  processorUs: number;
  crmRequests: number;
}

export async function measureThroughput(bench: Bench, what: Throughput): Promise<Row> {
  const contestants: Contestant[] = [bench.peer, bench.sqlite, bench.postgres];
  const measured = new Map(contestants.map((contestant) => [contestant, new Array<Measured>()]));
  const ofPeer = { ...what, request: what.requestToPeer ?? what.request };
  await bench.crm.setLatency(0);
  for (let round = 1; round <= bench.effort.rounds; round += 1) {
    for (const [contestant, rounds] of measured) {
      bench.progress(`${what.title}, ${contestant.name}, round ${round}`);
      const asked = contestant === bench.peer ? ofPeer : what;
      rounds.push(await once(bench, contestant, asked, nextNumberOf(what, rounds)));
    }
  }
  const [peer = [], sqlite = [], postgres = []] = [...measured.values()];
  return {
    title: what.title,
    target: `≥ ${what.atLeast.SQLite}× / ≥ ${what.atLeast.PostgreSQL}×`,
    cells: {
      SQLite: ratios(peer, sqlite, what.atLeast.SQLite, what.worth),
      PostgreSQL: ratios(peer, postgres, what.atLeast.PostgreSQL, what.worth),
    },
    remarks: [
      ...contestants.map((contestant) => inWords(contestant, measured.get(contestant) ?? [])),
      what.remark,
    ].filter((remark) => remark !== undefined),
  };
}

export async function once(
  bench: Pick<Bench, "crm" | "load" | "effort">,
  contestant: Pick<Contestant, "beforeRound" | "port" | "processorMs" | "tokens" | "name">,
  what: Pick<Throughput, "request" | "numbers" | "crmRequests" | "title">,
  from = what.numbers.from,
): Promise<Measured> {
  await contestant.beforeRound();
  const before = { processorMs: contestant.processorMs(), crm: await bench.crm.requests() };
  const outcome = await bench.load.run({
    port: contestant.port,
    requests: contestant.tokens.slice(0, PEOPLE).map(what.request),
    numbers: { ...what.numbers, from },
    warmUpMs: 1_000,
    forMs: bench.effort.secondsEach * 1_000,
  });
  const crmRequests = ((await bench.crm.requests()) - before.crm) / outcome.sent;
  // An index that was filled while it warmed up asked the CRM then.
  const isAsExpected =
    what.numbers.among === undefined
      ? Math.abs(crmRequests - what.crmRequests) < 0.02
      : crmRequests <= what.crmRequests + 0.5;
  if (!isAsExpected) {
    throw new Error(`${what.title}: ${contestant.name} asked the CRM ${crmRequests.toFixed(2)} times per request.`);
  }
  const processorUs = ((contestant.processorMs() - before.processorMs) * 1_000) / outcome.sent;
  return { ...outcome, perSecond: outcome.requests / outcome.seconds, processorUs, crmRequests };
}

/** Of each round, one to the other. */
function ratios(peer: readonly Measured[], trunkline: readonly Measured[], atLeast: number, worth = 1): Cell {
  const values = trunkline.map(({ perSecond }, round) => (worth * perSecond) / (peer[round]?.perSecond ?? Number.NaN));
  return { values, unit: "×", reached: median(values) >= atLeast };
}

function nextNumberOf({ numbers }: Throughput, rounds: readonly Measured[]): number {
  return numbers.among === undefined ? (rounds.at(-1)?.nextNumber ?? numbers.from) : numbers.from;
}

function inWords({ name }: Contestant, rounds: readonly Measured[]): string {
  const of = (key: "perSecond" | "p50" | "p99" | "processorUs") => short(median(rounds.map((one) => one[key])));
  return `${name}: ${of("perSecond")}/s, p50 ${of("p50")} ms, p99 ${of("p99")} ms, ${of("processorUs")} µs of processor time each`;
}
