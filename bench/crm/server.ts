/** The CRM that everybody is measured against: an answer for any number, a latency that can be set, and a count of requests. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRecords } from "./records.ts";

const records = createRecords();
const state = { latencyMs: 0, requests: 0 };

const server = createServer({ keepAliveTimeout: 120_000 }, (asked, answer) => {
  if (asked.method === "GET") arrived(asked, answer, "");
  else {
    let body = "";
    asked.setEncoding("utf8");
    asked.on("data", (part: string) => {
      body += part;
    });
    asked.on("end", () => arrived(asked, answer, body));
  }
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));

/** `{ latencyMs }` sets the latency; any message is answered with what was counted so far. */
process.on("message", (message: unknown) => {
  if (typeof message === "object" && message !== null && "latencyMs" in message) {
    state.latencyMs = Number(message.latencyMs);
  }
  process.send?.({ requests: state.requests });
});
process.once("disconnect", () => process.exit(0));

function arrived(asked: IncomingMessage, answer: ServerResponse, body: string): void {
  state.requests += 1;
  if (state.latencyMs === 0) reply(asked, answer, body);
  else setTimeout(reply, state.latencyMs, asked, answer, body);
}

function reply(asked: IncomingMessage, answer: ServerResponse, body: string): void {
  const { status, value } = records.answer(
    asked.method ?? "",
    asked.url ?? "",
    asked.headers.authorization ?? "",
    body,
  );
  const text = JSON.stringify(value);
  answer.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  answer.end(text);
}
