/** How long a person waits until a conversation of ten messages is logged, with a CRM that takes 50 ms for every answer. */

import type { Contestant } from "../contestants/contestant.ts";
import { median, short } from "../report/statistics.ts";
import type { Bench, Cell, Row } from "./bench.ts";
import { logConversation } from "./requests.ts";

const MESSAGES = 10;
const CRM_MS = 50;
const CONVERSATIONS_A_ROUND = 3;
const AT_MOST = 0.1;
/** It ends when the conversations are logged. */
const A_LONG_TIME_MS = 600_000;

export async function measureConversation(bench: Bench): Promise<Row> {
  const contestants = [bench.peer, bench.sqlite, bench.postgres];
  const times = new Map(contestants.map((contestant): [Contestant, number[]] => [contestant, []]));
  await bench.crm.setLatency(CRM_MS);
  try {
    let next = 0;
    for (let round = 1; round <= bench.effort.rounds; round += 1) {
      for (const [contestant, milliseconds] of times) {
        bench.progress(`ten messages, ${contestant.name}, round ${round}`);
        await contestant.beforeRound();
        const { p50, nextNumber } = await bench.load.run({
          port: contestant.port,
          requests: contestant.tokens.slice(0, 1).map((token) => logConversation(token, 0, MESSAGES)),
          numbers: { from: next },
          warmUpMs: 1,
          forMs: A_LONG_TIME_MS,
          atMost: CONVERSATIONS_A_ROUND,
        });
        next = nextNumber;
        milliseconds.push(p50);
      }
    }
  } finally {
    await bench.crm.setLatency(0);
  }
  const [peer = [], sqlite = [], postgres = []] = [...times.values()];
  return {
    title: `${MESSAGES} messages in one conversation, ${CRM_MS} ms CRM: time to answer`,
    target: "≤ 0.1× / ≤ 0.1×",
    cells: { SQLite: parts(peer, sqlite), PostgreSQL: parts(peer, postgres) },
    remarks: [...times].map(([{ name }, all]) => `${name}: ${short(median(all))} ms`),
  };
}

function parts(peer: readonly number[], trunkline: readonly number[]): Cell {
  const values = trunkline.map((own, round) => own / (peer[round] ?? Number.NaN));
  return { values, unit: "×", reached: median(values) <= AT_MOST };
}
