/** Starts everybody, measures what was asked for, and stops everybody. */

import { startCrm } from "../contestants/crm.ts";
import { startPeer } from "../contestants/peer.ts";
import { startTrunkline } from "../contestants/trunkline.ts";
import { startLoadGenerator } from "../load/load.ts";
import { createProgress } from "../report/progress.ts";
import { type Bench, CROWD, type Effort, type Row } from "./bench.ts";
import { MEASUREMENTS } from "./measurements.ts";
import { seedPeer, seedTrunkline } from "./seed.ts";
import { SEEDED_ROWS } from "./throughput.ts";

export async function measure(names: readonly string[], effort: Effort): Promise<Row[]> {
  const stopping: (() => Promise<void> | void)[] = [];
  const started = async <T extends { stop(): Promise<void> | void }>(starting: Promise<T>): Promise<T> => {
    const server = await starting;
    stopping.unshift(() => server.stop());
    return server;
  };
  const progress = createProgress(process.stderr, names.length);
  try {
    progress.show("starting everybody", 0);
    const crm = await started(startCrm());
    const load = await started(Promise.resolve(startLoadGenerator()));
    const peer = await started(startPeer(crm.url, CROWD));
    const sqlite = await started(startTrunkline("SQLite", { crmUrl: crm.url, people: CROWD }));
    const postgres = await started(startTrunkline("PostgreSQL", { crmUrl: crm.url, people: CROWD }));
    await seedPeer(peer, SEEDED_ROWS);
    await seedTrunkline(sqlite, SEEDED_ROWS);
    await seedTrunkline(postgres, SEEDED_ROWS);
    const rows: Row[] = [];
    for (const [at, name] of names.entries()) {
      const bench: Bench = {
        peer,
        sqlite,
        postgres,
        crm,
        load,
        effort,
        progress: (what) => progress.show(what, at),
      };
      const measured = await MEASUREMENTS[name]?.(bench);
      rows.push(...(measured === undefined ? [] : [measured].flat()));
    }
    return rows;
  } finally {
    progress.clear();
    for (const stop of stopping) await stop();
  }
}
