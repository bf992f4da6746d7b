/** The extension's side of a run: asks the servers in turn, and takes a connection that dies for a request that was not accepted. */

import { setTimeout as wait } from "node:timers/promises";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import type { Fleet } from "./fleet.ts";

/** A person is answered within 8 seconds; the rest is what a busy machine needs. */
const PATIENCE_MS = 30_000;
const AGAIN_AFTER_MS = 100;

export type Answer =
  /** `settled`: in the CRM already, not only accepted. */
  { outcome: "acknowledged"; logId: string | undefined; settled: boolean } | { outcome: "no answer" };

export interface Phone {
  ask(method: "POST" | "PATCH", path: string, body: object): Promise<Answer>;
  /** Asks until there is an answer. */
  insist(method: "POST" | "PATCH", path: string, body: object): Promise<Answer>;
}

export interface PhoneBook {
  /** Connects a person of the Demo CRM with their key. */
  logIn(apiKey: string): Promise<Phone>;
  /** Answers that nobody should get: neither a yes nor "not at the moment". */
  strange(): readonly string[];
  /** Requests that got no answer. */
  unanswered(): number;
}

export function createPhoneBook(fleet: Fleet, signal: AbortSignal): PhoneBook {
  const strange: string[] = [];
  let unanswered = 0;

  /** Undefined where the connection died, or the server said that it cannot at the moment. */
  async function send(method: string, path: string, body: object): Promise<JsonObject | undefined> {
    const url = await fleet.url(signal);
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      const text = await answer.text();
      if (answer.status === 503) return undefined;
      const value: unknown = answer.ok ? JSON.parse(text) : text;
      if (isJsonObject(value) && value["successful"] !== false) return value;
      strange.push(`${method} ${path.replace(/\?.*/, "")}: ${answer.status} ${text}`);
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof DOMException && thrown.name === "TimeoutError")
        strange.push(`${method} ${path.replace(/\?.*/, "")}: no answer within ${PATIENCE_MS} ms`);
    }
    return undefined;
  }

  async function until(method: string, path: string, body: object): Promise<JsonObject> {
    for (;;) {
      const answer = await send(method, path, body);
      if (answer !== undefined) return answer;
      unanswered += 1;
      await wait(AGAIN_AFTER_MS, undefined, { signal });
    }
  }

  return {
    strange: () => strange,
    unanswered: () => unanswered,
    async logIn(apiKey) {
      const { jwtToken } = await until("POST", "/apiKeyLogin?state=platform=demo", { platform: "demo", apiKey });
      const at = (path: string) => `${path}?jwtToken=${String(jwtToken)}`;
      return {
        async ask(method, path, body) {
          const answer = await send(method, at(path), body);
          if (answer !== undefined) return acknowledged(answer);
          unanswered += 1;
          return { outcome: "no answer" };
        },
        insist: async (method, path, body) => acknowledged(await until(method, at(path), body)),
      };
    },
  };
}

function acknowledged({ logId, returnMessage }: JsonObject): Answer {
  const settled = isJsonObject(returnMessage) && returnMessage["messageType"] === "success";
  return { outcome: "acknowledged", logId: typeof logId === "string" ? logId : undefined, settled };
}
