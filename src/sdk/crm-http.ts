/** The HTTP client that connectors use: bound to one user's host and credentials, timed, limited in size, and checked on the way in. */

import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { type Agent, request } from "undici";
import { readBody } from "./crm-body.ts";
import { failedAnswer, failedTransport, malformedAnswer } from "./crm-failure.ts";
import { TrunklineError } from "./errors.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type QueryValue = string | number | boolean | undefined;

export interface CrmRequestOptions<Schema extends TSchema> {
  /** Encoded here; undefined values are left out. */
  query?: Readonly<Record<string, QueryValue>>;
  json?: unknown;
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
}

/** One request to a CRM, for logs and metrics. The path is without its query, which may hold names and numbers. */
export interface CrmRequestEvent {
  platform: string;
  method: Method;
  path: string;
  /** The HTTP status, or why there was none. */
  outcome: number | TrunklineError["code"];
  milliseconds: number;
}

/** Where the bound client sends requests and as whom. */
export interface CrmBinding {
  platform: string;
  displayName: string;
  /** Scheme and host, without a path; already checked against the connector's hosts. */
  origin: string;
  authorization(): Promise<string>;
  /** Called once after a 401 with the header that was refused; a new header, or undefined where there is none to be had. */
  renew?(refused: string): Promise<string | undefined>;
}

/** Limits on one request. Connecting is limited by the agent. */
export const CRM_LIMITS = {
  connectMs: 3_000,
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
}

/** The maker of bound clients: one connection pool and one set of compiled schemas for all of them. */
export function createCrmHttp(dependencies: { agent: Agent; observe: (event: CrmRequestEvent) => void }): CrmHttp {
  const validators = new WeakMap<TSchema, Validator>();
  function fits<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
    const validator = validators.get(schema) ?? Compile(schema);
    validators.set(schema, validator);
    return validator.Check(value);
  }

  async function exchange(binding: CrmBinding, method: Method, url: URL, json: unknown, authorization: string) {
    const headers: Record<string, string> = { accept: "application/json", authorization, "user-agent": "Trunkline" };
    if (json !== undefined) headers["content-type"] = "application/json";
    const startedAt = performance.now();
    const settled = (outcome: CrmRequestEvent["outcome"]) =>
      dependencies.observe({
        platform: binding.platform,
        method,
        path: url.pathname,
        outcome,
        milliseconds: performance.now() - startedAt,
      });
    try {
      const answer = await request(url, {
        dispatcher: dependencies.agent,
        method,
        headers,
        body: json === undefined ? null : JSON.stringify(json),
        headersTimeout: CRM_LIMITS.responseMs,
        bodyTimeout: CRM_LIMITS.responseMs,
        signal: AbortSignal.timeout(CRM_LIMITS.totalMs),
      });
      const body = await readBody(answer.body, CRM_LIMITS.bodyBytes);
      settled(answer.statusCode);
      return { status: answer.statusCode, headers: answer.headers, body };
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
    const url = addressOf(binding.origin, target, options.query);
    const authorization = await binding.authorization();
    let answer = await exchange(binding, method, url, options.json, authorization);
    if (answer.status === 401 && binding.renew !== undefined) {
      const renewed = await binding.renew(authorization);
      if (renewed !== undefined) answer = await exchange(binding, method, url, options.json, renewed);
    }
    if (answer.status < 200 || answer.status >= 300) throw failedAnswer(binding.displayName, method, answer);
    const value = answer.body.kind === "unreadable" ? UNREADABLE : answer.body.value;
    if (!fits(options.as, value)) throw malformedAnswer(binding.displayName, method, answer.status);
    return value;
  }

  return {
    bind: (binding) => ({
      get: (target, options) => send(binding, "GET", target, options),
      post: (target, options) => send(binding, "POST", target, options),
      put: (target, options) => send(binding, "PUT", target, options),
      patch: (target, options) => send(binding, "PATCH", target, options),
      delete: (target, options) => send(binding, "DELETE", target, options),
    }),
  };
}

function addressOf(origin: string, target: string, query: Readonly<Record<string, QueryValue>> | undefined): URL {
  const url = new URL(target, origin);
  if (url.origin !== new URL(origin).origin) {
    throw new TrunklineError("host-not-allowed", "A connector tried to leave its own CRM.");
  }
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return url;
}
