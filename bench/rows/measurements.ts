/** All measurements by name, in the order of the table. */

import type { Bench, Row } from "./bench.ts";
import { measureConversation } from "./conversation.ts";
import { measureCrowd } from "./crowd.ts";
import { measureGrowth } from "./growth.ts";
import { measureLimit } from "./limit.ts";
import { measureMemory } from "./memory.ts";
import { measureStart } from "./start-up.ts";
import { measureThroughput, THROUGHPUTS } from "./throughput.ts";

type Measurement = (bench: Bench) => Promise<Row | Row[]> | Row;

export const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  ...Object.fromEntries(THROUGHPUTS.map((what) => [what.key, (bench: Bench) => measureThroughput(bench, what)])),
  conversation: measureConversation,
  memory: measureMemory,
  growth: measureGrowth,
  start: measureStart,
  limit: measureLimit,
  crowd: measureCrowd,
};
