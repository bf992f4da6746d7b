/**
 * Sees the HTTP requests that a connector sends by itself, through Node's own `http` or `fetch`, whichever library it uses on top:
 * what was asked, what came of it, and which of them may have written. Over plain `http` it also ends those that hang.
 */

import { type Channel, channel } from "node:diagnostics_channel";
import { ClientRequest, IncomingMessage } from "node:http";
import { failedTransport } from "../sdk/crm-failure.ts";
import { CRM_LIMITS } from "../sdk/crm-http.ts";
import { currentCall } from "./current-call.ts";
import { isMembers, type Members } from "./exports.ts";

export type AnswerHeaders = Record<string, string | string[] | undefined>;

export interface WatchedRequest {
  method: string;
  host: string;
  /** Without its query, which may hold names and numbers. */
  path: string;
  startedAt: number;
  /** Undefined while it is under way. */
  outcome: number | "lost" | "never sent" | undefined;
  headers: AnswerHeaders;
  /** Whether it has left this machine, as far as that can be told. */
  sent: boolean;
  end(): void;
}

/** Those of one call, in the order in which they began. */
export interface WatchedRequests {
  list: WatchedRequest[];
  onSettled(request: WatchedRequest): void;
}

export interface RequestWatch {
  /** Requests are seen while the work runs, in every call that `currentCall` knows. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

export function createRequestWatch({ responseMs = CRM_LIMITS.responseMs } = {}): RequestWatch {
  const known = new WeakMap<object, WatchedRequest>();
  const timers = new WeakMap<WatchedRequest, NodeJS.Timeout>();
  let watching = 0;

  function begin(request: object, facts: Pick<WatchedRequest, "method" | "host" | "path" | "sent">, end: () => void) {
    const call = currentCall.getStore();
    if (call === undefined) return;
    const seen = { ...facts, startedAt: performance.now(), outcome: undefined, headers: {}, end };
    known.set(request, seen);
    call.requests.list.push(seen);
    timers.set(seen, setTimeout(end, responseMs).unref());
  }

  function settle(request: unknown, outcome: WatchedRequest["outcome"], headers: AnswerHeaders = {}) {
    const seen = isMembers(request) ? known.get(request) : undefined;
    if (seen === undefined || seen.outcome !== undefined) return;
    clearTimeout(timers.get(seen));
    Object.assign(seen, { outcome, headers });
    currentCall.getStore()?.requests.onSettled(seen);
  }

  const listeners: [Channel, (message: unknown) => void][] = [
    [
      channel("http.client.request.created"),
      (message) => {
        const { request } = membersOf(message);
        if (!(request instanceof ClientRequest)) return;
        const { method, host, path } = request;
        const [bare = path] = path.split("?");
        begin(request, { method, host, path: bare, sent: true }, () => request.destroy(gaveUp(request)));
      },
    ],
    [
      channel("http.client.response.finish"),
      (message) => {
        const { request, response } = membersOf(message);
        if (response instanceof IncomingMessage) settle(request, response.statusCode, response.headers);
      },
    ],
    [
      channel("http.client.request.error"),
      (message) => {
        const { request, error } = membersOf(message);
        settle(request, wasNeverSent(error) ? "never sent" : "lost");
      },
    ],
    [
      channel("undici:request:create"),
      (message) => {
        const { request } = membersOf(message);
        const { method, origin, path } = membersOf(request);
        if (!isMembers(request) || !URL.canParse(String(path), String(origin))) return;
        const { host, pathname } = new URL(String(path), String(origin));
        // It cannot be ended from here: what hangs is given up as a whole.
        begin(request, { method: String(method), host, path: pathname, sent: false }, () => undefined);
      },
    ],
    [
      channel("undici:client:sendHeaders"),
      (message) => {
        const { request } = membersOf(message);
        const seen = isMembers(request) ? known.get(request) : undefined;
        if (seen !== undefined) seen.sent = true;
      },
    ],
    [
      channel("undici:request:headers"),
      (message) => {
        const { request, response } = membersOf(message);
        const { headers, statusCode } = membersOf(response);
        if (typeof statusCode === "number" && statusCode >= 200) settle(request, statusCode, pairsIn(headers));
      },
    ],
    [
      channel("undici:request:error"),
      (message) => {
        const { request } = membersOf(message);
        const seen = isMembers(request) ? known.get(request) : undefined;
        settle(request, seen?.sent === false ? "never sent" : "lost");
      },
    ],
  ];

  return {
    async during(work) {
      if (watching === 0) for (const [one, listener] of listeners) one.subscribe(listener);
      watching += 1;
      try {
        return await work();
      } finally {
        watching -= 1;
        if (watching === 0) for (const [one, listener] of listeners) one.unsubscribe(listener);
      }
    },
  };
}

function membersOf(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function wasNeverSent(error: unknown): boolean {
  return failedTransport("", "POST", error).code === "crm-unreachable";
}

/** Nothing has left as long as the connection does not stand. */
function gaveUp({ socket }: ClientRequest): Error {
  const connecting = socket === null || socket.connecting;
  const code = connecting ? "UND_ERR_CONNECT_TIMEOUT" : "ETIMEDOUT";
  return Object.assign(new Error("The CRM did not answer in time."), { code });
}

/** As bytes, by turns a name and a value. */
function pairsIn(raw: unknown): AnswerHeaders {
  const texts = Array.isArray(raw) ? raw.map(String) : [];
  const headers: AnswerHeaders = {};
  for (let at = 0; at + 1 < texts.length; at += 2) headers[texts[at]?.toLowerCase() ?? ""] = texts[at + 1];
  return headers;
}
