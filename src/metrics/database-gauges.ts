/** Shows what the database knows, read when somebody asks: how much is owed and since when, who is connected, how the pool stands. */

import { Gauge, type Registry } from "prom-client";
import type { PoolFigures } from "../store/dialect.ts";
import type { WatchFigures } from "../store/watch-figures.ts";

export interface DatabaseSource extends Pick<WatchFigures, "owed" | "connectedUsers"> {
  /** Undefined where there is none. */
  pool(): PoolFigures | undefined;
  /** Told why it did not answer. */
  onFailure(error: unknown): void;
}

/** Answers how to read them anew. What is not known is absent, and never a zero. */
export function showDatabase(registry: Registry, source: DatabaseSource): () => Promise<void> {
  const registers = [registry];
  const up = new Gauge({
    name: "trunkline_database_up",
    help: "1 where the database answered within two seconds, else 0; then what it knows is absent here.",
    registers,
  });
  const entries = new Gauge({
    name: "trunkline_ledger_entries",
    help: "Log entries that the CRM lacks or may lack, by state; 100,000 are counted at most, of uncertain and refused ones 10,000.",
    labelNames: ["state"],
    registers,
  });
  const age = new Gauge({
    name: "trunkline_ledger_oldest_age_seconds",
    help: "How long the longest owed entry of a state has been owed; 0 where there is none.",
    labelNames: ["state"],
    registers,
  });
  const users = new Gauge({
    name: "trunkline_connected_users",
    help: "Users who are logged in to their CRM, by connector.",
    labelNames: ["connector"],
    registers,
  });
  const showPool = source.pool() === undefined ? undefined : poolGauges(registry);

  return async () => {
    const [owed, connected] = await Promise.allSettled([source.owed(), source.connectedUsers()]);
    for (const read of [owed, connected]) if (read.status === "rejected") source.onFailure(read.reason);
    const now = Date.now();
    for (const gauge of [entries, age, users]) gauge.reset();
    up.set(owed.status === "fulfilled" && connected.status === "fulfilled" ? 1 : 0);
    for (const figures of owed.status === "fulfilled" ? owed.value : []) {
      const { state, oldestSince = now } = figures;
      entries.set({ state }, figures.entries);
      age.set({ state }, Math.max(0, now - oldestSince) / 1_000);
    }
    for (const figures of connected.status === "fulfilled" ? connected.value : []) {
      users.set({ connector: figures.platform }, figures.users);
    }
    const pool = source.pool();
    if (pool !== undefined) showPool?.(pool);
  };
}

function poolGauges(registry: Registry): (figures: PoolFigures) => void {
  const registers = [registry];
  const connections = new Gauge({
    name: "trunkline_database_pool_connections",
    help: "Open connections to PostgreSQL, busy and idle.",
    labelNames: ["state"],
    registers,
  });
  const limit = new Gauge({
    name: "trunkline_database_pool_limit",
    help: "How many connections to PostgreSQL this server opens at most.",
    registers,
  });
  const waiting = new Gauge({
    name: "trunkline_database_pool_waiting",
    help: "Queries that wait for a connection to PostgreSQL.",
    registers,
  });
  return (figures) => {
    connections.set({ state: "idle" }, figures.idle);
    connections.set({ state: "busy" }, figures.open - figures.idle);
    limit.set(figures.limit);
    waiting.set(figures.waiting);
  };
}
