/** From the start of the process to its first answer: a look-up of a call by somebody who was connected before. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logIn, type Program, run } from "../contestants/contestant.ts";
import { createPostgresDatabase } from "../contestants/databases.ts";
import { peerProgram } from "../contestants/peer.ts";
import { trunklineProgram } from "../contestants/trunkline.ts";
import { median, short } from "../report/statistics.ts";
import type { Bench, Cell, Row } from "./bench.ts";

/** Of each program in each round: a start is short, and one that something else got in the way of says little. */
const STARTS = 3;
const AT_MOST = 0.5;
const SQLITE_AT_MOST_MS = 1_000;

export async function measureStart({ crm, effort, progress }: Bench): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-bench-"));
  const ours = await createPostgresDatabase("start_trunkline");
  const theirs = await createPostgresDatabase("start_peer");
  const programs: [string, Program][] = [
    ["peer", peerProgram(theirs.url, crm.url)],
    ["SQLite", trunklineProgram(`sqlite:${join(folder, "trunkline.db")}`, crm.url, folder)],
    ["PostgreSQL", trunklineProgram(ours.url, crm.url, folder)],
  ];
  try {
    const times = new Map(programs.map(([name]): [string, number[]] => [name, []]));
    const tokens = new Map<string, string>();
    for (const [name, program] of programs) tokens.set(name, await someoneConnected(program));
    for (let round = 1; round <= effort.rounds * STARTS; round += 1) {
      for (const [name, program] of programs) {
        progress(`start of ${name}, round ${round}`);
        const server = await run(program, `/callLog?sessionIds=s1&jwtToken=${tokens.get(name)}`);
        times.get(name)?.push(server.startedInMs);
        await server.stop();
      }
    }
    const [peer = [], sqlite = [], postgres = []] = [...times.values()];
    const SQLite = parts(peer, sqlite);
    return {
      title: "process start to first answer",
      target: "≤ 0.5× and under 1 s / ≤ 0.5×",
      cells: {
        SQLite: { ...SQLite, reached: SQLite.reached && median(sqlite) < SQLITE_AT_MOST_MS },
        PostgreSQL: parts(peer, postgres),
      },
      remarks: [...times].map(([name, all]) => `${name}: ${short(median(all))} ms`),
    };
  } finally {
    await ours.drop();
    await theirs.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first start makes the tables; it is not measured. */
async function someoneConnected(program: Program): Promise<string> {
  const server = await run(program);
  try {
    const [token = ""] = await logIn(server.port, 1);
    return token;
  } finally {
    await server.stop();
  }
}

function parts(peer: readonly number[], trunkline: readonly number[]): Cell {
  const values = trunkline.map((own, round) => own / (peer[round] ?? Number.NaN));
  return { values, unit: "×", reached: median(values) <= AT_MOST };
}
