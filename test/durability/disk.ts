/** A disk that keeps only what was synced: what a power cut leaves of the files that a process wrote. */

import type { SystemCall } from "./system-calls.ts";

export interface Disk {
  happens(call: SystemCall): void;
  /** The files as they are after a power cut at this moment. */
  afterPowerCut(): Map<string, Buffer>;
  /** How often a file was synced so far. */
  syncsOf(file: string): number;
}

interface FileOnDisk {
  durable: Buffer;
  /** What was done to it since the last sync, and is lost without another one. */
  unsynced: ((content: Buffer) => Buffer)[];
  /** For each sync that has begun and not ended, how much of that it covers. */
  covered: Map<string, number>;
  syncs: number;
}

export function createDisk(): Disk {
  const files = new Map<string, FileOnDisk>();

  function fileAt(path: string): FileOnDisk {
    const file = files.get(path) ?? { durable: Buffer.alloc(0), unsynced: [], covered: new Map(), syncs: 0 };
    files.set(path, file);
    return file;
  }

  return {
    happens(call) {
      switch (call.call) {
        case "write":
          fileAt(call.file).unsynced.push((content) => written(content, call.at, call.bytes));
          break;
        case "truncate":
          fileAt(call.file).unsynced.push((content) => resized(content, call.length));
          break;
        case "sync begins": {
          const file = fileAt(call.file);
          file.covered.set(call.thread, file.unsynced.length);
          break;
        }
        case "sync": {
          const file = fileAt(call.file);
          const count = file.covered.get(call.thread) ?? 0;
          file.durable = file.unsynced.slice(0, count).reduce((content, change) => change(content), file.durable);
          file.unsynced = file.unsynced.slice(count);
          file.covered.delete(call.thread);
          for (const [thread, others] of file.covered) file.covered.set(thread, Math.max(0, others - count));
          file.syncs += 1;
          break;
        }
        case "unlink":
          files.delete(call.file);
          break;
        case "receive":
        case "send":
          break;
      }
    },

    afterPowerCut: () => new Map([...files].map(([path, { durable }]) => [path, Buffer.from(durable)])),
    syncsOf: (path) => files.get(path)?.syncs ?? 0,
  };
}

function written(content: Buffer, at: number, bytes: Buffer): Buffer {
  const longer = resized(content, Math.max(content.length, at + bytes.length));
  bytes.copy(longer, at);
  return longer;
}

function resized(content: Buffer, length: number): Buffer {
  const copy = Buffer.alloc(length);
  content.copy(copy);
  return copy;
}
