/** The installed extension as a client: spells every request as it does, and holds every answer against the published document. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type JsonObject, isJsonObject } from "../../src/store/json.ts";
import { type RunOptions, type Running, runTrunkline, type WireAnswer } from "../support/trunkline.ts";
import { appConnectDocument } from "./app-connect-document.ts";
import { DEVIATIONS } from "./deviations.ts";

const document = await appConnectDocument();
const known: ReadonlySet<string> = new Set(DEVIATIONS.map(({ problem }) => problem));

/** Set once for all requests of the extension; `is-debug` is what its newer versions add in developer mode. */
export const EXTENSION_HEADERS: Readonly<Record<string, string>> = {
  accept: "application/json, text/plain, */*",
  "rc-extension-id": "5dfe2c6ee1b2d6bcc2b1b1a7bd5bd3e4bb6fcbb23b7bd6ba3b8b1b4d1ea5b1b0",
  "rc-account-id": "0f4c7b6f3f5c0c1f6b2d7f1cbb2f2a7c5c9a2b3b1d4c8a6e7f1a9b3c5d7e9f10",
  "developer-author-name": "Somebody",
  "is-debug": "true",
};

export interface Extension {
  running: Running;
  token: string;
  /**
   * Sends `route` such as `GET /contact`; the query follows the token as it is written, nothing is encoded. A body goes as JSON,
   * text as it is.
   */
  ask(route: string, query?: string, body?: unknown, headers?: Record<string, string>): Promise<WireAnswer>;
  /** The same client with another token, or with none. */
  as(token: string | undefined): Extension;
  /** Submits the login form of the API-key connector. */
  logIn(apiKey: string): Promise<Extension>;
  findContact(phoneNumber: string, isExtension?: "true" | "false"): Promise<WireAnswer>;
  loadCalls(sessionIds: readonly string[], requireDetails?: boolean): Promise<JsonObject[]>;
  logCall(body: object): Promise<WireAnswer>;
  updateCall(body: object): Promise<WireAnswer>;
  logMessages(body: object): Promise<WireAnswer>;
}

/** A running Trunkline and an extension that Ann is logged in with. */
export async function connectedExtension(t: TestContext, options: RunOptions = {}): Promise<Extension> {
  return extensionAt(await runTrunkline(t, options)).logIn("demo-key");
}

/** `seen` hears of every exchange and what the document does not allow about it. */
export function extensionAt(
  running: Running,
  seen: (route: string, status: number, problems: readonly string[]) => void = () => undefined,
): Extension {
  async function send(route: string, query: string, body: unknown, headers: Record<string, string>) {
    const [method = "", path = ""] = route.split(" ");
    const answer = await running.send(method, query === "" ? path : `${path}?${query}`, body, {
      ...EXTENSION_HEADERS,
      ...headers,
    });
    const { status, text } = answer;
    const contentType = answer.headers.get("content-type") ?? "";
    const problems = document?.problemsOf({ method, path, status, contentType, text }) ?? [];
    seen(`${method} ${document?.templateOf(path) ?? path}`, status, problems);
    assert.deepEqual(
      problems.filter((problem) => !known.has(problem)),
      [],
      `${route} ${status} ${text.slice(0, 500)}`,
    );
    return answer;
  }

  function withToken(token: string | undefined): Extension {
    const ask: Extension["ask"] = (route, query = "", body, headers = {}) =>
      send(route, [token === undefined ? "" : `jwtToken=${token}`, query].filter(Boolean).join("&"), body, headers);
    return {
      running,
      token: token ?? "",
      ask,
      as: withToken,
      async logIn(apiKey) {
        const form = {
          apiKey,
          platform: "demo",
          hostname: new URL(running.demoCrmUrl).hostname,
          additionalInfo: { apiKey },
        };
        const { json } = await send("POST /apiKeyLogin", "state=platform=demo", form, {});
        return withToken(textOf(json["jwtToken"]));
      },
      findContact: (phoneNumber, isExtension = "false") =>
        ask("GET /contact", `phoneNumber=${phoneNumber}&overridingFormat=&isExtension=${isExtension}`),
      async loadCalls(sessionIds, requireDetails = false) {
        const query = `sessionIds=${sessionIds.join(",")}&requireDetails=${requireDetails}`;
        return objectsOf((await ask("GET /callLog", query)).json["logs"]);
      },
      logCall: (body) => ask("POST /callLog", "", body),
      updateCall: (body) => ask("PATCH /callLog", "", body),
      logMessages: (body) => ask("POST /messageLog", "", body),
    };
  }
  return withToken(undefined);
}

export function textOf(value: unknown): string {
  assert.ok(typeof value === "string", `expected text, got ${JSON.stringify(value)}`);
  return value;
}

export function objectOf(value: unknown): JsonObject {
  assert.ok(isJsonObject(value), `expected an object, got ${JSON.stringify(value)}`);
  return value;
}

export function objectsOf(value: unknown): JsonObject[] {
  assert.ok(Array.isArray(value), `expected a list, got ${JSON.stringify(value)}`);
  return value.map(objectOf);
}

/** The notice of an answer, checked to be one that the client shows. */
export function noticeOf(answer: WireAnswer): { message: string; messageType: string } {
  const { message, messageType, ttl } = objectOf(answer.json["returnMessage"]);
  assert.ok(typeof ttl === "number" && ttl > 0, answer.text);
  assert.ok(textOf(message).length > 10, answer.text);
  assert.match(textOf(messageType), /^(success|warning|danger)$/);
  return { message: textOf(message), messageType: textOf(messageType) };
}

/** A refusal that the client can show: status 400 with a plain sentence, nothing of the server's inside. */
export function assertRefused(answer: WireAnswer, sentence: RegExp): void {
  assert.equal(answer.status, 400, answer.text);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/plain/);
  assert.match(answer.text, sentence);
  assert.doesNotMatch(answer.text, /[{}]|\bat \/|node_modules/);
}
