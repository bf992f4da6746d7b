/** A fake vendor on loopback: records every request, checks it, and lets the ordered faults happen. The routes are the vendor's own. */

import { setTimeout as wait } from "node:timers/promises";
import formbody from "@fastify/formbody";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { TLocalizedValidationError } from "typebox/error";
import { createFaultPlan, type Fault, type FaultPlan } from "./faults.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import type { VendorDocument } from "./vendor-document.ts";

export type FakeApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface FakeServerOptions {
  /** Each answers for the paths that are its own; those that are absent are left out. */
  documents: readonly (VendorDocument | undefined)[];
  /** Every answer waits this long, so that requests sent side by side overlap and rounds can be counted. */
  answersAfterMs?: number | undefined;
  /** The vendor's body of a refusal. */
  refusal(status: number, message: string): object;
}

export interface FakeServer {
  /** Routes are added here; their schemas are checked strictly, and what they refuse is a violation. */
  app: FakeApp;
  /** Everything that arrived, oldest first. Emptied by the test where it starts to count. */
  requests: RecordedRequest[];
  /** What no connector may send: unknown paths, parameters and properties, by our schemas and by the vendor's document. */
  violations: string[];
  faults: FaultPlan;
  /** Answers the origin. */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
}

export async function createFakeServer(options: FakeServerOptions): Promise<FakeServer> {
  const app: FakeApp = Fastify({
    bodyLimit: 8 * 1024 * 1024,
    forceCloseConnections: true,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler<TSchema>(({ schema }) => checkWhenUsed(schema));
  await app.register(formbody);
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const faults = createFaultPlan();
  const recorded = new WeakMap<FastifyRequest, RecordedRequest>();
  const met = new WeakMap<FastifyRequest, Fault>();
  const closing = new AbortController();

  app.addHook("onRequest", async (request) => {
    const record = recordOf(request);
    recorded.set(request, record);
    requests.push(record);
  });

  app.addHook("preValidation", async (request, reply) => {
    const record = recorded.get(request);
    if (record === undefined) return;
    record.body = request.body ?? undefined;
    const problems = options.documents.flatMap((document) => document?.problemsOf(record) ?? []);
    violations.push(...problems.map((problem) => `the vendor's document: ${problem}`));
    if (problems.length > 0) return reply.code(400).send(options.refusal(400, problems.join("; ")));
    const fault = faults.take(record.method, record.path);
    if (fault !== undefined) await meet(fault, request, reply);
  });

  async function meet(fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    met.set(request, fault);
    if (fault.kind === "delay") await wait(fault.ms, undefined, { signal: closing.signal }).catch(() => undefined);
    if (fault.kind === "cut") cut(reply);
    if (fault.kind !== "answer") return;
    const { status, headers = {}, body = "" } = fault;
    await reply.code(status).headers(headers).send(body);
  }

  app.addHook("onSend", async (request, reply, payload) => {
    await inManyTurns(options.answersAfterMs ?? 0);
    const record = recorded.get(request);
    const fault = met.get(request);
    if (fault?.kind === "lost-answer") cut(reply);
    if (fault?.kind === "silence") await untilAborted(closing.signal);
    if (record !== undefined) {
      record.endedAt = performance.now();
      record.status = fault?.kind === "lost-answer" || fault?.kind === "silence" ? undefined : reply.statusCode;
    }
    return fault?.kind === "malformed" ? `{"success": true, "data": {"id": 1, "na` : payload;
  });

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1).join("");
    violations.push(`${request.method} ${path} is no endpoint of this fake`);
    return reply.code(404).send(options.refusal(404, "Unknown method."));
  });

  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    const message = error instanceof Error ? error.message : String(error);
    if (status < 500) violations.push(`${request.method} ${request.url}: ${message}`);
    return reply.code(status).send(options.refusal(status, message));
  });

  return {
    app,
    requests,
    violations,
    faults,
    listen: async (port) => (await app.listen({ host: "127.0.0.1", port })).replace("[::1]", "127.0.0.1"),
    async close() {
      closing.abort();
      await app.close();
    },
  };
}

/** Strictly: nothing is converted, removed or filled in. A fake has many routes and meets few: the others are not compiled. */
function checkWhenUsed(
  schema: TSchema,
): (value: unknown) => { value: unknown } | { error: TLocalizedValidationError[] } {
  let compiled: Validator | undefined;
  return (value) => {
    compiled ??= Compile(schema);
    return compiled.Check(value) ? { value } : { error: compiled.Errors(value) };
  };
}

function recordOf(request: FastifyRequest): RecordedRequest {
  const url = new URL(request.url, "http://fake");
  return {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...request.headers },
    body: undefined,
    status: undefined,
    startedAt: performance.now(),
    endedAt: undefined,
  };
}

function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.destroy();
}

/** A wait in single milliseconds lets the event loop turn: a request that is on its way arrives even where the machine is busy. */
async function inManyTurns(milliseconds: number): Promise<void> {
  for (let turn = 0; turn < milliseconds; turn++) await wait(1);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function statusOf(error: unknown): number {
  const status: unknown = error instanceof Error ? Reflect.get(error, "statusCode") : undefined;
  return typeof status === "number" ? status : 500;
}
