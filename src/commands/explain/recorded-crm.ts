/** CRM clients that write down what a connector asks: one sends nothing, the other sends and times it. */

import type { Static, TSchema } from "typebox";
import { Create } from "typebox/value";
import type { CrmClient, CrmRequestOptions } from "../../sdk/crm-http.ts";
import type { OwnAccess } from "../../sdk/own-requests.ts";
import { asTrunklineError } from "../../sdk/errors.ts";

export interface RecordedRequest {
  method: string;
  /** With its query; what could be a secret is left out. */
  target: string;
  endpoint: "api" | "oauth";
  /** Undefined for a request that was not sent. */
  outcome?: { milliseconds: number; said: string };
}

type Options<Schema extends TSchema> = Omit<CrmRequestOptions<Schema>, "json">;

/** Answers every request as a CRM would that holds nothing: empty lists, empty texts. */
export function silentCrm(requests: RecordedRequest[]): CrmClient {
  const recording =
    (method: string) =>
    async <Schema extends TSchema>(path: string, options: Options<Schema>): Promise<Static<Schema>> => {
      requests.push(requestOf(method, path, options));
      return Create(options.as);
    };
  return {
    get: recording("GET"),
    post: recording("POST"),
    put: recording("PUT"),
    patch: recording("PATCH"),
    delete: recording("DELETE"),
    upload: () => Promise.resolve(),
  };
}

/** Passes every request on, and adds it when it has been answered or has failed. */
export function timedCrm(crm: CrmClient, requests: RecordedRequest[]): CrmClient {
  const timed =
    (method: string, send: CrmClient["post"]): CrmClient["post"] =>
    async (path, options) => {
      const startedAt = performance.now();
      const request = requestOf(method, path, options);
      const settled = (said: string) =>
        requests.push({ ...request, outcome: { milliseconds: performance.now() - startedAt, said } });
      try {
        const answer = await send(path, options);
        settled(ANSWERED);
        return answer;
      } catch (thrown) {
        settled(failureIn(thrown));
        throw thrown;
      }
    };
  return {
    get: timed("GET", crm.get),
    post: timed("POST", crm.post),
    put: timed("PUT", crm.put),
    patch: timed("PATCH", crm.patch),
    delete: timed("DELETE", crm.delete),
    upload: crm.upload,
  };
}

/** For a connector that speaks HTTP by itself: notes what it tells of its requests, which is without their queries. */
export function watchedAccess(access: OwnAccess, requests: RecordedRequest[]): OwnAccess {
  return {
    ...access,
    observe(request) {
      const { method, milliseconds, outcome, path } = request;
      const isDone = typeof outcome === "number" && outcome < 400;
      const said = isDone ? ANSWERED : String(outcome);
      requests.push({ method, target: path, endpoint: "api", outcome: { milliseconds, said } });
      access.observe(request);
    },
  };
}

const ANSWERED = "answered";

/** "crm-rate-limited (429)". */
function failureIn(thrown: unknown): string {
  const { code, facts } = asTrunklineError(thrown);
  return facts.status === undefined ? code : `${code} (${facts.status})`;
}

/** Credentials travel in headers; a connector that puts one into the query all the same does not make it show. */
const SECRET = /token|secret|password|api_?key|auth/i;

function requestOf<Schema extends TSchema>(method: string, path: string, options: Options<Schema>): RecordedRequest {
  const query = Object.entries(options.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, SECRET.test(name) ? "(left out)" : String(value)]],
  );
  const target = query.length === 0 ? path : `${path}?${new URLSearchParams(query).toString()}`;
  return { method, target, endpoint: options.endpoint ?? "api" };
}
