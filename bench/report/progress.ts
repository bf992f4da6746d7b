/** A bar that grows in one line of a terminal, and is not there where nobody watches. */

import type { WriteStream } from "node:tty";

const WIDTH = 30;
const CLEAR_LINE = "\r\u001B[K";

export interface Progress {
  show(what: string, done: number): void;
  clear(): void;
}

export function createProgress(stream: Pick<WriteStream, "isTTY" | "write">, total: number): Progress {
  const write = (text: string) => void (stream.isTTY && stream.write(text));
  return {
    show(what, done) {
      const filled = Math.round((done / total) * WIDTH);
      write(`${CLEAR_LINE}${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${done}/${total} ${what}`);
    },
    clear: () => write(CLEAR_LINE),
  };
}
