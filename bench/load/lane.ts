/** One connection that sends a request, waits for its answer, and sends the next: as many as its server can answer, and no more. */

import { connect } from "node:net";

export interface Lane {
  /** Sends requests until `next` has none; resolves after the last answer. */
  run(next: () => string | undefined, answered: (milliseconds: number) => void): Promise<void>;
  close(): void;
}

const HEAD_END = "\r\n\r\n";

export async function openLane(port: number): Promise<Lane> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.setEncoding("latin1");
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return {
    run: (next, answered) =>
      new Promise((resolve, reject) => {
        let received = "";
        let asked = "";
        let sentAt = 0;
        const send = () => {
          const request = next();
          if (request === undefined) {
            socket.removeAllListeners();
            resolve();
            return;
          }
          asked = request;
          received = "";
          sentAt = performance.now();
          socket.write(request, "latin1");
        };
        socket.on("data", (part: Buffer | string) => {
          received = received === "" ? String(part) : received + String(part);
          const whole = wholeAnswer(received);
          if (whole === undefined) return;
          if (!isSuccess(received)) reject(new Error(refusal(asked, received)));
          answered(performance.now() - sentAt);
          send();
        });
        socket.on("error", reject);
        socket.on("close", () => reject(new Error(refusal(asked, "the connection was closed"))));
        send();
      }),
    close: () => socket.destroy(),
  };
}

function wholeAnswer(received: string): string | undefined {
  const headEnds = received.indexOf(HEAD_END);
  if (headEnds === -1) return undefined;
  const length = lengthIn(received.slice(0, headEnds));
  return received.length - headEnds - HEAD_END.length >= length ? received : undefined;
}

function lengthIn(head: string): number {
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
  if (length === undefined) throw new Error(`An answer does not say how long it is: ${head}`);
  return Number(length);
}

function isSuccess(answer: string): boolean {
  return answer.startsWith("HTTP/1.1 200") && answer.includes('"successful":true');
}

function refusal(asked: string, answer: string): string {
  return `${asked.slice(0, 120)}… was not answered with success: ${answer.slice(0, 600)}`;
}
