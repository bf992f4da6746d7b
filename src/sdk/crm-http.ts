/** The HTTP client that connectors use: bound to one user's host and credentials, timed, limited in size, and checked on the way in. */

import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { Agent } from "undici";
import { readAnswer } from "./answer-body.ts";
import { announcedBudget, failedAnswer, failedTransport, malformedAnswer } from "./crm-failure.ts";
import type { Connector } from "./connector.ts";
import { TrunklineError } from "./errors.ts";
import { exchange } from "./exchange.ts";
import { placeAt, type QueryValue, type RequestPlace } from "./request-place.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface CrmRequestOptions<Schema extends TSchema> {
  /** Encoded here; undefined values are left out. */
  query?: Readonly<Record<string, QueryValue>>;
  json?: unknown;
  /** The version of the record that may be changed, as its ETag: of any other the CRM answers 412, a `crm-rejected`. */
  ifMatch?: string | undefined;
  /** Where to send it; the API unless said otherwise. */
  endpoint?: "api" | "oauth";
  /** The shape of the answer; anything else is a malformed answer. */
  as: Schema;
}

/** Every method answers with the parsed, checked body or throws a `TrunklineError` that says whether trying again can help. */
export interface CrmClient {
  get<S extends TSchema>(path: string, options: Omit<CrmRequestOptions<S>, "json">): Promise<Static<S>>;
  post<S extends TSchema>(path: string, options: CrmRequestOptions<S>): Promise<Static<S>>;
  put<S extends TSchema>(path: string, options: CrmRequestOptions<S>): Promise<Static<S>>;
  patch<S extends TSchema>(path: string, options: CrmRequestOptions<S>): Promise<Static<S>>;
  delete<S extends TSchema>(path: string, options: CrmRequestOptions<S>): Promise<Static<S>>;
  /**
   * Sends a file to an address that the CRM itself handed out for it, such as a signed storage address: once, and without
   * credentials. The address is the one place outside the connector's hosts that may be written to.
   */
  upload(address: string, file: { bytes: Uint8Array; headers: Readonly<Record<string, string>> }): Promise<void>;
}

/** One request to a CRM, for logs and metrics. The path is without its query, which may hold names and numbers. */
export interface CrmRequestEvent {
  platform: string;
  /** Whose request: the connected user's id here; undefined while somebody logs in. */
  userId: string | undefined;
  method: Method;
  path: string;
  /** The HTTP status, or why there was none. */
  outcome: number | TrunklineError["code"];
  milliseconds: number;
}

/** What the CRM says it still allows. */
export interface CrmBudget {
  remaining: number;
  limit: number;
  /** Epoch milliseconds. */
  resetsAt: number;
}

/** Where the bound client sends requests and as whom. */
export interface CrmBinding {
  platform: string;
  userId?: string;
  displayName: string;
  /** Scheme and host, without a path; already checked against the connector's hosts. */
  origins: { api: string; oauth?: string };
  authorization(): Promise<string>;
  /** Called once after a 401 with the header that was refused; a new header, or undefined where there is none to be had. */
  renew?(refused: string): Promise<string | undefined>;
  /** Told after every answer that carries rate-limit headers. */
  learnBudget?(budget: CrmBudget): void;
  /** The connector's own reading of a failed answer. */
  meaningOfFailure?: Connector["meaningOfFailure"];
}

/** Limits on one request. Connecting is limited by the agent. */
export const CRM_LIMITS = {
  connectMs: 3_000,
  /** To one host. A telephone that rings waits for nobody else's: so many people are called at once in a large company. */
  connections: 256,
  /** Idle, where the CRM names no time: a new one costs two or three round trips. Well below the minute that gateways wait. */
  keepAliveMs: 20_000,
  /** Until the answer begins; below the 8 s in which a person is answered, so that a lost answer can still be looked for. */
  responseMs: 6_500,
  totalMs: 20_000,
  bodyBytes: 8 * 1024 * 1024,
};

/** Stands for a body that is not JSON: no schema fits a symbol. */
const UNREADABLE = Symbol("unreadable");

/** Builds a path whose inserted values cannot break out of their segment. */
export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return parts.reduce((built, part, at) => built + encodeURIComponent(String(values[at - 1])) + part);
}

export interface CrmHttp {
  bind(binding: CrmBinding): CrmClient;
  /** For requests that a connector sent by itself. */
  observe(event: CrmRequestEvent): void;
}

/** The maker of bound clients: one connection pool and one set of compiled schemas for all of them. */
export function createCrmHttp(dependencies: { agent: Agent; observe: (event: CrmRequestEvent) => void }): CrmHttp {
  const validators = new WeakMap<TSchema, Validator>();
  function fits<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
    const validator = validators.get(schema) ?? Compile(schema);
    validators.set(schema, validator);
    return validator.Check(value);
  }

  async function ask(
    binding: CrmBinding,
    method: Method,
    { origin, path: pathname, search }: RequestPlace,
    headers: Record<string, string>,
    body: Uint8Array | string | null,
  ) {
    const startedAt = performance.now();
    const settled = (outcome: CrmRequestEvent["outcome"]) =>
      dependencies.observe({
        platform: binding.platform,
        userId: binding.userId,
        method,
        path: pathname,
        outcome,
        milliseconds: performance.now() - startedAt,
      });
    try {
      const { responseMs, totalMs, bodyBytes } = CRM_LIMITS;
      const sent = { origin, path: pathname + search, method, headers, body, responseMs, totalMs, bodyBytes };
      const answer = await exchange(dependencies.agent, sent);
      settled(answer.status);
      const budget = announcedBudget(answer.status, answer.headers, Date.now());
      if (budget !== undefined) binding.learnBudget?.(budget);
      return { ...answer, body: readAnswer(answer.body) };
    } catch (thrown) {
      const failure = failedTransport(binding.displayName, method, thrown);
      settled(failure.code);
      throw failure;
    }
  }

  async function send<S extends TSchema>(
    binding: CrmBinding,
    method: Method,
    target: string,
    options: CrmRequestOptions<S>,
  ): Promise<Static<S>> {
    const origin = options.endpoint === "oauth" ? (binding.origins.oauth ?? binding.origins.api) : binding.origins.api;
    const place = placeAt(origin, target, options.query);
    if (place === undefined) throw new TrunklineError("host-not-allowed", "A connector tried to leave its own CRM.");
    const body = options.json === undefined ? null : JSON.stringify(options.json);
    const conditions = options.ifMatch === undefined ? {} : { "if-match": options.ifMatch };
    const as = (authorization: string) =>
      ask(binding, method, place, { ...jsonHeaders(authorization, body), ...conditions }, body);
    const authorization = await binding.authorization();
    let answer = await as(authorization);
    if (answer.status === 401 && binding.renew !== undefined) {
      const renewed = await binding.renew(authorization);
      if (renewed !== undefined) answer = await as(renewed);
    }
    if (!isSuccess(answer.status)) throw failedAnswer(binding, method, answer);
    const value = answer.body.kind === "unreadable" ? UNREADABLE : answer.body.value;
    if (!fits(options.as, value)) throw malformedAnswer(binding.displayName, method, answer.status);
    return value;
  }

  async function upload(binding: CrmBinding, address: string, file: Parameters<CrmClient["upload"]>[1]): Promise<void> {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
    if (url === undefined || !isWeb) throw malformedAnswer(binding.displayName, "PUT", 200);
    const place = { origin: url.origin, path: url.pathname, search: url.search };
    const answer = await ask(binding, "PUT", place, { ...file.headers }, file.bytes);
    if (!isSuccess(answer.status)) throw failedAnswer(binding, "PUT", answer);
  }

  return {
    observe: dependencies.observe,
    bind: (binding) => ({
      get: (target, options) => send(binding, "GET", target, options),
      post: (target, options) => send(binding, "POST", target, options),
      put: (target, options) => send(binding, "PUT", target, options),
      patch: (target, options) => send(binding, "PATCH", target, options),
      delete: (target, options) => send(binding, "DELETE", target, options),
      upload: (address, file) => upload(binding, address, file),
    }),
  };
}

function jsonHeaders(authorization: string, body: string | null): Record<string, string> {
  const headers = { accept: "application/json", authorization, "user-agent": "Trunkline" };
  return body === null ? headers : { ...headers, "content-type": "application/json" };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
