/** The CRM that everybody is measured against: an answer for any number, a latency that can be set, and a count of requests. */

import { type Asked, createHttpServer, type Reply } from "./http.ts";
import { createRecords } from "./records.ts";

const records = createRecords();
const state = { latencyMs: 0, requests: 0 };

const server = createHttpServer((asked, reply) => {
  state.requests += 1;
  if (state.latencyMs === 0) answer(asked, reply);
  else setTimeout(answer, state.latencyMs, asked, reply);
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

function answer({ method, url, authorization, body }: Asked, reply: Reply): void {
  const { status, value } = records.answer(method, url, authorization, body);
  reply(status, value);
}
