/** The requests of a traced server, each with its answer and what a power cut right after that answer would have left. */

import { createDisk } from "./disk.ts";
import type { SystemCall } from "./system-calls.ts";

export interface Answered {
  request: string;
  answer: string;
  /** How often the file was synced between the arrival of the request and its answer. */
  syncs: number;
  /** The file, and its write-ahead log, after a power cut at the moment of the answer. */
  left: { database: Buffer; log: Buffer };
}

export interface TracedServer {
  calls: readonly SystemCall[];
  port: string;
  database: string;
}

export function answersIn({ calls, port, database }: TracedServer): Answered[] {
  const disk = createDisk();
  const log = `${database}-wal`;
  const asked = new Map<string, { request: string; syncs: number }>();
  const answers: Answered[] = [];
  for (const call of calls) {
    disk.happens(call);
    if ((call.call !== "receive" && call.call !== "send") || !call.connection.includes(`:${port}->`)) continue;
    const { request, syncs } = asked.get(call.connection) ?? { request: "", syncs: disk.syncsOf(log) };
    if (call.call === "receive") {
      asked.set(call.connection, { request: request + call.bytes.toString(), syncs });
      continue;
    }
    asked.delete(call.connection);
    const files = disk.afterPowerCut();
    answers.push({
      request,
      answer: call.bytes.toString(),
      syncs: disk.syncsOf(log) - syncs,
      left: { database: files.get(database) ?? Buffer.alloc(0), log: files.get(log) ?? Buffer.alloc(0) },
    });
  }
  return answers;
}
