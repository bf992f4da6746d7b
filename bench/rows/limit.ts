/** How near `GET /callLog` on SQLite comes to a bare Fastify route that verifies the same token and does one prepared read. */

import { dirname } from "node:path";
import { run } from "../contestants/contestant.ts";
import { BARE_SERVER } from "../contestants/places.ts";
import { SECRET } from "../contestants/trunkline.ts";
import { median, short } from "../report/statistics.ts";
import type { Bench, Row } from "./bench.ts";
import { once, THROUGHPUTS } from "./throughput.ts";

const AT_LEAST = 0.6;

export async function measureLimit(bench: Bench): Promise<Row> {
  const what = THROUGHPUTS.find(({ key }) => key === "callLog-1");
  const { sqlite } = bench;
  if (what === undefined || typeof sqlite.database !== "string") throw new Error("There is nothing to compare with.");
  const bare = await run({
    arguments: [BARE_SERVER],
    environment: { SECRET, DATABASE_FILE: sqlite.database },
    folder: dirname(sqlite.database),
  });
  try {
    const likeOurs = {
      ...bare,
      name: "bare route" as const,
      tokens: sqlite.tokens,
      beforeRound: () => Promise.resolve(),
    };
    const rounds: { bare: number; sqlite: number }[] = [];
    for (let round = 1; round <= bench.effort.rounds; round += 1) {
      bench.progress(`against a bare route, round ${round}`);
      const limit = await once(bench, likeOurs, what);
      rounds.push({ bare: limit.perSecond, sqlite: (await once(bench, sqlite, what)).perSecond });
    }
    const values = rounds.map((one) => one.sqlite / one.bare);
    return {
      title: "`GET /callLog`, 1 id ÷ a bare Fastify route with one prepared read",
      target: `≥ ${AT_LEAST}`,
      cells: { SQLite: { values, unit: "", reached: median(values) >= AT_LEAST }, PostgreSQL: undefined },
      remarks: [
        `bare route: ${short(median(rounds.map((one) => one.bare)))}/s, Trunkline: ${short(median(rounds.map((one) => one.sqlite)))}/s`,
      ],
    };
  } finally {
    await bare.stop();
  }
}
