/** The Demo CRM behind a gate that lets so many requests of a user through per window, and that can be shut. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Agent, request } from "undici";
import { startDemoCrm } from "../../src/demo-crm/server.ts";

export interface Traffic {
  /** Requests that were let through, and those that were answered with 429. */
  passed: number;
  turnedAway: number;
}

export interface LimitedCrm {
  url: string;
  traffic: Traffic;
  /** How often each marker was created. */
  created: ReadonlyMap<string, number>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface Limit {
  requests: number;
  windowMs: number;
}

export async function startLimitedCrm(limit: Limit): Promise<LimitedCrm> {
  const demoCrm = await startDemoCrm({ host: "127.0.0.1", port: 0, file: ":memory:" });
  const agent = new Agent({ connections: 32 });
  const traffic: Traffic = { passed: 0, turnedAway: 0 };
  const created = new Map<string, number>();
  const windows = new Map<string, { endsAt: number; used: number }>();

  async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const user = asked.headers.authorization ?? "";
    const present = windows.get(user);
    const window = present && present.endsAt > Date.now() ? present : { endsAt: Date.now() + limit.windowMs, used: 0 };
    windows.set(user, window);
    window.used += 1;
    const secondsLeft = String(Math.ceil((window.endsAt - Date.now()) / 1_000));
    const budget = {
      "x-ratelimit-limit": String(limit.requests),
      "x-ratelimit-remaining": String(Math.max(0, limit.requests - window.used)),
      "x-ratelimit-reset": secondsLeft,
    };
    const body = await text(asked);
    if (window.used > limit.requests) {
      traffic.turnedAway += 1;
      answer.writeHead(429, { ...budget, "retry-after": secondsLeft }).end();
      return;
    }
    traffic.passed += 1;
    const passedOn = await request(new URL(asked.url ?? "/", demoCrm.url), {
      dispatcher: agent,
      method: asked.method ?? "GET",
      headers: { "content-type": "application/json", authorization: user },
      body: body === "" ? null : body,
    });
    if (asked.method === "POST" && passedOn.statusCode === 201) {
      const marker = /"externalId":"([^"]+)"/.exec(body)?.[1] ?? "";
      created.set(marker, (created.get(marker) ?? 0) + 1);
    }
    answer.writeHead(passedOn.statusCode, { ...budget, "content-type": "application/json" });
    answer.end(await passedOn.body.text());
  }

  const open = (port: number) => {
    const gate = createServer((asked, answer) => void pass(asked, answer).catch(() => answer.destroy()));
    return new Promise<Server>((resolve) => gate.listen(port, "127.0.0.1", () => resolve(gate)));
  };
  let gate = await open(0);
  const port = portOf(gate.address());
  const shut = () =>
    new Promise<void>((resolve) => {
      gate.close(() => resolve());
      gate.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    traffic,
    created,
    goAway: shut,
    async comeBack() {
      gate = await open(port);
    },
    async close() {
      await shut();
      await agent.destroy();
      await demoCrm.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The CRM listens on no port.");
  return address.port;
}
