/** Stands between Trunkline and the CRM under test: passes everything on, remembers what was asked, and plays the faults. */

import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { buffer } from "node:stream/consumers";
import type { CrmUnderTest, Operation } from "./crm-under-test.ts";
import { createFaultPlan, type Fault, type FaultKind, operationFinder } from "./faults.ts";
import { listenOnLoopback } from "./loopback.ts";

/** One request that reached the CRM's door. */
export interface Exchange {
  method: string;
  /** Without the query. */
  path: string;
  operation: Operation | undefined;
  /** As `performance.now()` has it; the end is undefined while it lasts. */
  startedAt: number;
  endedAt: number | undefined;
  /** Undefined while there is no answer. */
  status: number | undefined;
}

export interface GoBetween {
  /** What the connector takes for the CRM. */
  origin: string;
  /** Since the start, or since somebody emptied it. */
  exchanges: Exchange[];
  /** Replaces the faults that there were; none ends them. */
  setFaults(...faults: Fault[]): void;
  unmetFaults(): Operation[];
  /** Every bearer token that was used so far is refused with 401 from now on. */
  refuseTokensSeen(): void;
  /** Nobody listens there any more, until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** The shortest wait that a CRM announces in whole seconds. */
const SLOW_DOWN_MS = 1_000;

export async function standBetween({ url, operations }: CrmUnderTest): Promise<GoBetween> {
  const target = new URL(url);
  const agent = new Agent({ keepAlive: true });
  const operationOf = operationFinder(operations);
  const plan = createFaultPlan();
  const exchanges: Exchange[] = [];
  const seen = new Set<string>();
  const refused = new Set<string>();

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", url: asked = "/", headers } = incoming;
    const path = asked.split("?")[0] ?? asked;
    const exchange: Exchange = {
      method,
      path,
      operation: operationOf(method, path),
      startedAt: performance.now(),
      endedAt: undefined,
      status: undefined,
    };
    exchanges.push(exchange);
    outgoing.on("close", () => (exchange.endedAt ??= performance.now()));
    const body = await buffer(incoming);
    const { authorization = "" } = headers;
    const fault = plan.take(exchange.operation);
    const early = refused.has(authorization)
      ? { status: 401, ...json({ error: "The token has expired." }) }
      : ownAnswer(fault);
    if (authorization.startsWith("Bearer ")) seen.add(authorization);
    if (fault === "cut") return void outgoing.destroy();
    const answer = early ?? (await forward({ method, path: asked, headers, body }));
    exchange.status = answer.status;
    if (fault === "answer cut") return void outgoing.destroy();
    if (fault === "answer withheld") return;
    const sent = fault === "answer garbled" ? garbled : answer;
    exchange.endedAt = performance.now();
    outgoing.writeHead(sent.status, sent.headers).end(sent.body);
  }

  async function forward(asked: Asked): Promise<Sent> {
    const { method, path, body } = asked;
    const headers = { ...asked.headers, host: target.host };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { host: target.hostname, port: target.port, method, path, headers, agent };
      request(options, resolve).on("error", reject).end(body);
    });
    const { "transfer-encoding": _, connection: __, ...kept } = answer.headers;
    return { status: answer.statusCode ?? 502, headers: kept, body: await buffer(answer) };
  }

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const origin = await listenOnLoopback(server, 0);
  const goAway = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    origin,
    exchanges,
    setFaults: (...faults) => plan.replace(faults),
    unmetFaults: () => plan.unmet(),
    refuseTokensSeen() {
      for (const header of seen) refused.add(header);
    },
    goAway,
    async comeBack() {
      await listenOnLoopback(server, Number(new URL(origin).port));
    },
    async close() {
      if (server.listening) await goAway();
      agent.destroy();
    },
  };
}

interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Sent {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer | string;
}

const garbled: Sent = { status: 200, headers: { "content-type": "application/json" }, body: '{"id": "1", "na' };

/** What the go-between says in the CRM's place; undefined where the CRM shall speak. */
function ownAnswer(fault: FaultKind | undefined): Sent | undefined {
  switch (fault) {
    case "429 in seconds": {
      const seconds = String(SLOW_DOWN_MS / 1000);
      return {
        status: 429,
        ...json({ error: "Too many requests." }, { "retry-after": seconds, "x-ratelimit-reset": seconds }),
      };
    }
    case "429 until a time": {
      const reset = String(Math.ceil((Date.now() + SLOW_DOWN_MS) / 1000));
      return { status: 429, ...json({ error: "Too many requests." }, { "x-ratelimit-reset": reset }) };
    }
    case "error":
      return { status: 500, ...json({ error: "Something went wrong." }) };
    case "refused":
      return { status: 422, ...json({ error: "This is not wanted here." }) };
    case "grant ended":
      return { status: 400, ...json({ error: "invalid_grant" }) };
    case undefined:
    case "cut":
    case "answer cut":
    case "answer withheld":
    case "answer garbled":
      return undefined;
  }
}

function json(body: object, headers: Record<string, string> = {}): Pick<Sent, "headers" | "body"> {
  return { headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
