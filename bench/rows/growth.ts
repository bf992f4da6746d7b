/** Does a look-up of a call take longer when a million are logged than when there are a thousand? */

import { type BenchCrm } from "../contestants/crm.ts";
import { startPeer } from "../contestants/peer.ts";
import { startTrunkline } from "../contestants/trunkline.ts";
import { median, short } from "../report/statistics.ts";
import { type Bench, type Cell, PEOPLE, type Row } from "./bench.ts";
import { readCalls } from "./requests.ts";
import { seedPeer, seedTrunkline } from "./seed.ts";

const FEW = 1_000;
const MANY = 1_000_000;
/** Looks at both in each round, each half as long: a ratio of two moments that lie near each other. */
const LOOKS = 2;
const AT_MOST = 1.3;

interface Grown {
  small: number;
  large: number;
}

interface Reader {
  port: number;
  tokens: readonly string[];
  rows: number;
  stop(): Promise<void>;
}

export async function measureGrowth(bench: Bench, many = MANY): Promise<Row> {
  const peer = await grow(bench, "peer", (crm, rows) => peerWith(crm, rows), many);
  const sqlite = await grow(bench, "SQLite", (crm, rows) => trunklineWith("SQLite", crm, rows), many);
  const postgres = await grow(bench, "PostgreSQL", (crm, rows) => trunklineWith("PostgreSQL", crm, rows), many);
  return {
    title: `p50 of \`GET /callLog\` with ${short(many)} rows ÷ with ${short(FEW)} rows`,
    target: `≤ ${AT_MOST} / ≤ ${AT_MOST}`,
    cells: { SQLite: growthOf(sqlite), PostgreSQL: growthOf(postgres) },
    remarks: [inWords("peer", peer), inWords("SQLite", sqlite), inWords("PostgreSQL", postgres)],
  };
}

async function grow(
  { crm, effort, load, progress }: Bench,
  name: string,
  start: (crm: BenchCrm, rows: number) => Promise<Reader>,
  many: number,
): Promise<Grown[]> {
  progress(`${name}: ${short(many)} rows`);
  const small = await start(crm, FEW);
  const large = await start(crm, many);
  const p50 = async ({ port, tokens, rows }: Reader) => {
    const outcome = await load.run({
      port,
      requests: tokens.map((token, person) => readCalls(token, person, 1)),
      numbers: { from: 0, among: Math.floor(rows / PEOPLE) },
      warmUpMs: 1_000 / LOOKS,
      forMs: (effort.secondsEach * 1_000) / LOOKS,
    });
    return outcome.p50;
  };
  try {
    const rounds: Grown[] = [];
    for (let round = 1; round <= effort.rounds * LOOKS; round += 1) {
      progress(`${name}: a look-up among few and many, round ${round}`);
      rounds.push({ small: await p50(small), large: await p50(large) });
    }
    return rounds;
  } finally {
    await small.stop();
    await large.stop();
  }
}

async function peerWith(crm: BenchCrm, rows: number): Promise<Reader> {
  const peer = await startPeer(crm.url, PEOPLE);
  await seedPeer(peer, rows);
  return { ...peer, rows };
}

async function trunklineWith(name: "SQLite" | "PostgreSQL", crm: BenchCrm, rows: number): Promise<Reader> {
  const trunkline = await startTrunkline(name, { crmUrl: crm.url, people: PEOPLE });
  await seedTrunkline(trunkline, rows);
  return { ...trunkline, rows };
}

function growthOf(rounds: readonly Grown[]): Cell {
  const values = rounds.map(({ small, large }) => large / small);
  return { values, unit: "", reached: median(values) <= AT_MOST };
}

function inWords(name: string, rounds: readonly Grown[]): string {
  const ms = (key: keyof Grown) => short(median(rounds.map((round) => round[key])));
  return `${name}: ${ms("small")} ms with few, ${ms("large")} ms with many: ${short(median(growthOf(rounds).values))}`;
}
