/** A bar that grows in one line of a terminal, and is not there where nobody watches. */

import type { WriteStream } from "node:tty";

export interface ProgressBar {
  show(done: number, total: number): void;
  clear(): void;
}

const WIDTH = 40;
const CLEAR_LINE = "\r\u001B[K";

/** `what` is counted, such as "scenarios". */
export function createProgressBar(stream: Pick<WriteStream, "isTTY" | "write">, what: string): ProgressBar {
  const write = (text: string) => void (stream.isTTY && stream.write(text));
  return {
    show(done, total) {
      const filled = total === 0 ? WIDTH : Math.round((Math.min(done, total) / total) * WIDTH);
      write(`${CLEAR_LINE}${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${done}/${total} ${what}`);
    },
    clear: () => write(CLEAR_LINE),
  };
}
