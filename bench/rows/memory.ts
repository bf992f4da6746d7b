/** Resident memory of the servers that have just answered everything else. */

import { short } from "../report/statistics.ts";
import type { Bench, Cell, Row } from "./bench.ts";

const AT_MOST = 0.5;

export function measureMemory({ peer, sqlite, postgres }: Bench): Row {
  const ofPeer = peer.memory();
  const cell = (mib: number): Cell => ({ values: [mib / ofPeer], unit: "×", reached: mib / ofPeer <= AT_MOST });
  return {
    title: "resident memory after the run",
    target: "≤ 0.5× / ≤ 0.5×",
    cells: { SQLite: cell(sqlite.memory()), PostgreSQL: cell(postgres.memory()) },
    remarks: [peer, sqlite, postgres].map((one) => `${one.name}: ${short(one.memory())} MiB`),
  };
}
