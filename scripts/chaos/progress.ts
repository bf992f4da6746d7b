/** A bar that grows in one line of a terminal, and is not there where nobody watches. */

import type { WriteStream } from "node:tty";
import type { Progress } from "./run.ts";

const WIDTH = 30;
const CLEAR_LINE = "\r\u001B[K";

export interface ProgressBar {
  show(database: string, progress: Progress): void;
  clear(): void;
}

export function createProgressBar(stream: Pick<WriteStream, "isTTY" | "write">): ProgressBar {
  const write = (text: string) => void (stream.isTTY && stream.write(`${CLEAR_LINE}${text}`));
  return {
    show(database, { done, total, kills, faultsMet }) {
      const filled = Math.round((done / total) * WIDTH);
      const bar = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)}`;
      write(`${database} ${bar} ${done}/${total}  ${kills} kills, ${faultsMet} faults`);
    },
    clear: () => write(""),
  };
}
