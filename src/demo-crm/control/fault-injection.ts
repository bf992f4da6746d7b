/** Makes requests meet the faults that were ordered, as a CRM in trouble would let them happen. */

import { setTimeout as wait } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";

import type { App } from "../app.ts";
import { pathOf } from "../unknown-routes.ts";
import type { Fault, FaultPlan } from "./faults.ts";

/** `closing` ends all waiting when the server is to stop. */
export function injectFaults(app: App, { faults, closing }: { faults: FaultPlan; closing: AbortSignal }): void {
  const unanswered = new WeakSet<FastifyRequest>();

  app.addHook("onRequest", async (request, reply) => {
    const fault = faults.take(request.method, pathOf(request.url));
    switch (fault?.kind) {
      case undefined:
        return;
      case "delay":
        return delay(fault, { reply, closing });
      case "cut":
        return cut(reply);
      case "timeout-after-write":
        unanswered.add(request);
        return;
      case "malformed":
        return reply.type("application/json").send('{"items": [{"id": "1", "name": "Lu');
      case "429":
        return tooMany(fault, reply);
      case "500":
        return reply.code(500).send({ error: "Something went wrong in the Demo CRM, as ordered." });
    }
  });

  // Never calling done leaves the answer unsent and the socket open until the caller gives up or the server closes.
  app.addHook("onSend", (request, _reply, payload, done) => {
    if (!unanswered.has(request)) done(null, payload);
  });
}

async function delay({ ms }: Fault, { reply, closing }: { reply: FastifyReply; closing: AbortSignal }): Promise<void> {
  try {
    await wait(ms, undefined, { signal: closing });
  } catch {
    cut(reply);
  }
}

function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.destroy();
}

/** Vendors write X-RateLimit-Reset in two dialects: seconds that are left, or the time as seconds since 1970. */
function tooMany({ ms, dialect }: Fault, reply: FastifyReply): FastifyReply {
  const seconds = Math.ceil(ms / 1000);
  return reply
    .code(429)
    .header("retry-after", seconds)
    .header("x-ratelimit-reset", dialect === "epoch" ? Math.ceil((Date.now() + ms) / 1000) : seconds)
    .send({ error: `Too many requests: try again in ${seconds} seconds.` });
}
