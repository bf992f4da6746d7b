/** Requests to RingCentral's REST API: to its one origin, timed, limited in size, checked on the way in, within its rate limits. */

import { createHash } from "node:crypto";
import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { Agent } from "undici";
import { readAnswer } from "../sdk/answer-body.ts";
import { CRM_LIMITS } from "../sdk/crm-http.ts";
import { TrunklineError } from "../sdk/errors.ts";
import { exchange } from "../sdk/exchange.ts";
import { heldBack, malformed, type Refusal, refusalOf, unreached, unsuccessful } from "./failures.ts";
import { createRateLimits, type RateLimitGroup } from "./rate-limits.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";
type QueryValue = string | number | boolean | undefined;

/** A call log of many records takes RingCentral its time; somebody who waits is given up on as with a CRM. */
const BACKGROUND_MS = 30_000;

export interface PlatformRequest<Schema extends TSchema, Meaning = never> {
  method?: Method;
  /** Encoded here; undefined values are left out. */
  query?: Readonly<Record<string, QueryValue>>;
  json?: unknown;
  form?: Readonly<Record<string, string>>;
  /** What the operation counts as: "Usage plan group" in RingCentral's API reference. */
  group: RateLimitGroup;
  /** Whose allowance it uses up where that is not the caller's. */
  spends?: string;
  /** Somebody waits for the answer. */
  isUrgent?: boolean;
  /** The shape of the answer; anything else is a malformed answer. */
  as: Schema;
  /** A refusal that is an answer of its own. Undefined: a failure like any other. */
  meaningOf?(refusal: Refusal): Meaning | undefined;
}

/** As whom a request is sent. */
export interface Caller {
  /** The value of the header. */
  authorization(): Promise<string>;
  /** Called once after a 401 with the header that was refused; a new header, or undefined where there is none to be had. */
  renew?(refused: string): Promise<string | undefined>;
}

/** One request to RingCentral, for logs and metrics: without its query, body and credentials. */
export interface PlatformRequestEvent {
  method: Method;
  path: string;
  group: RateLimitGroup;
  /** The HTTP status, or why there was none. */
  outcome: number | TrunklineError["code"];
  milliseconds: number;
}

export interface PlatformHttp {
  /** Answers with the parsed, checked body, or with what a refusal means; throws a `TrunklineError` otherwise. */
  send<S extends TSchema, Meaning = never>(
    caller: Caller,
    path: string,
    request: PlatformRequest<S, Meaning>,
  ): Promise<Static<S> | Meaning>;
}

export interface PlatformHttpOptions {
  agent: Agent;
  /** Scheme and host, such as "https://platform.ringcentral.com". */
  server: string;
  now: () => number;
  observe: (event: PlatformRequestEvent) => void;
}

export function createPlatformHttp({ agent, server, now, observe }: PlatformHttpOptions): PlatformHttp {
  const limits = createRateLimits({ now });
  const validators = new WeakMap<TSchema, Validator>();
  function fits<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
    const validator = validators.get(schema) ?? Compile(schema);
    validators.set(schema, validator);
    return validator.Check(value);
  }

  async function ask(url: URL, authorization: string, sent: PlatformRequest<TSchema, unknown>) {
    const { method = "GET", group } = sent;
    const credential = fingerprint(sent.spends ?? authorization);
    const wait = limits.waitFor(credential, group);
    if (wait > 0) throw heldBack(wait);
    const patience = sent.isUrgent === true ? CRM_LIMITS.responseMs : BACKGROUND_MS;
    const startedAt = performance.now();
    const settled = (outcome: PlatformRequestEvent["outcome"]) =>
      observe({ method, path: url.pathname, group, outcome, milliseconds: performance.now() - startedAt });
    try {
      const answer = await exchange(agent, {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        ...bodyOf(sent, authorization),
        responseMs: patience,
        totalMs: patience + CRM_LIMITS.connectMs,
        bodyBytes: CRM_LIMITS.bodyBytes,
      });
      settled(answer.status);
      limits.learn(credential, group, answer.status, answer.headers);
      return { ...answer, body: readAnswer(answer.body) };
    } catch (thrown) {
      const failure = unreached(method, thrown);
      settled(failure.code);
      throw failure;
    }
  }

  return {
    async send(caller, path, sent) {
      const { method = "GET" } = sent;
      const url = addressOf(server, path, sent.query);
      const authorization = await caller.authorization();
      let answer = await ask(url, authorization, sent);
      if (answer.status === 401 && caller.renew !== undefined) {
        const renewed = await caller.renew(authorization);
        if (renewed !== undefined) answer = await ask(url, renewed, sent);
      }
      if (answer.status < 200 || answer.status >= 300) {
        const meaning = sent.meaningOf?.(refusalOf(answer.status, answer.body));
        if (meaning !== undefined) return meaning;
        throw unsuccessful(method, answer);
      }
      if (answer.body.kind === "unreadable" || !fits(sent.as, answer.body.value)) {
        throw malformed(method, answer.status);
      }
      return answer.body.value;
    },
  };
}

/** Tokens are told apart, counted and remembered by this, never by themselves. */
export function fingerprint(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

function bodyOf({ json, form }: PlatformRequest<TSchema, unknown>, authorization: string) {
  const headers = { accept: "application/json", authorization, "user-agent": "Trunkline" };
  if (form !== undefined) {
    const body = new URLSearchParams(form).toString();
    return { headers: { ...headers, "content-type": "application/x-www-form-urlencoded" }, body };
  }
  if (json === undefined) return { headers, body: null };
  return { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(json) };
}

/**
 * RingCentral's links to further pages and records are never followed: they could name any host. An id of dots would change
 * the path's meaning, so a path that does not stay as it is written is none.
 */
function addressOf(server: string, path: string, query: Readonly<Record<string, QueryValue>> = {}): URL {
  const url = new URL(path, server);
  if (url.origin !== new URL(server).origin || url.pathname !== path) {
    throw new TrunklineError("host-not-allowed", "A request to RingCentral tried to leave its place.");
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return url;
}
