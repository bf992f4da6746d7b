/** 200 people who are looked up for at any time, with a CRM that takes 100 ms: how much Trunkline adds to the CRM's own time. */

import type { Contestant } from "../contestants/contestant.ts";
import { median, short } from "../report/statistics.ts";
import { type Bench, type Cell, CROWD, type Row } from "./bench.ts";
import { findContact, NEW_NUMBERS_FROM } from "./requests.ts";

const CRM_MS = 100;
/** The search, and then the deals of whom it found. */
const CRITICAL_PATH_MS = 2 * CRM_MS;
const P50_AT_MOST = 1.03;
const P99_AT_MOST = 1.2;
/** Numbers that no other measurement asks for. */
const OWN_NUMBERS = 2_000_000;

interface Waited {
  p50: number;
  p99: number;
}

export async function measureCrowd(bench: Bench): Promise<Row[]> {
  const contestants: Contestant[] = [bench.peer, bench.sqlite, bench.postgres];
  const waited = new Map(contestants.map((contestant): [Contestant, Waited[]] => [contestant, []]));
  await bench.crm.setLatency(CRM_MS);
  try {
    let next = NEW_NUMBERS_FROM + OWN_NUMBERS;
    for (let round = 1; round <= bench.effort.rounds; round += 1) {
      for (const [contestant, rounds] of waited) {
        bench.progress(`${CROWD} callers, ${contestant.name}, round ${round}`);
        await contestant.beforeRound();
        const { p50, p99, nextNumber } = await bench.load.run({
          port: contestant.port,
          requests: contestant.tokens.slice(0, CROWD).map(findContact),
          // Telephones do not ring all in one instant.
          spreadMs: CRITICAL_PATH_MS,
          numbers: { from: next },
          warmUpMs: 2_000,
          forMs: bench.effort.secondsEach * 1_000,
        });
        next = nextNumber;
        rounds.push({ p50, p99 });
      }
    }
  } finally {
    await bench.crm.setLatency(0);
  }
  const [peer = [], sqlite = [], postgres = []] = [...waited.values()];
  const row = (key: keyof Waited, atMost: number): Row => ({
    title: `\`GET /contact\`, ${CROWD} callers, ${CRM_MS} ms CRM: ${key} ÷ the CRM's own ${CRITICAL_PATH_MS} ms`,
    target: `≤ ${atMost} / ≤ ${atMost}`,
    cells: { SQLite: cell(sqlite, key, atMost), PostgreSQL: cell(postgres, key, atMost) },
    remarks: [`peer: ${short(median(cell(peer, key, atMost).values))}`],
  });
  return [row("p50", P50_AT_MOST), row("p99", P99_AT_MOST)];
}

function cell(rounds: readonly Waited[], key: keyof Waited, atMost: number): Cell {
  const values = rounds.map((round) => round[key] / CRITICAL_PATH_MS);
  return { values, unit: "", reached: median(values) <= atMost };
}
