/** Calls as the client posts them, and the words that tests look for in the answers. */

import assert from "node:assert/strict";
import type { Running, WireAnswer } from "../support/trunkline.ts";
import { until } from "../support/trunkline.ts";

export function callBody(sessionId: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    logInfo: {
      id: `rec-${sessionId}`,
      sessionId,
      telephonySessionId: `s-${sessionId}`,
      startTime: 1_790_000_000_000,
      duration: "pending",
      direction: "Inbound",
      result: "Call connected",
      from: { phoneNumber: "+16505551212", name: "Luke" },
      to: { phoneNumber: "+16505550100", name: "Ann Operator" },
      recording: { link: "(pending...)" },
    },
    note: "first note",
    contactId: "1",
    contactType: "Contact",
    contactName: "Luke Skywalker",
    ...more,
  };
}

export interface Phone {
  post(sessionId: string, more?: Record<string, unknown>): Promise<WireAnswer>;
  patch(sessionId: string, change: Record<string, unknown>): Promise<WireAnswer>;
  /** The id under which the session is logged, once it is in the CRM. */
  written(sessionId: string): Promise<string>;
}

export function phoneOf(running: Running, token: string): Phone {
  const at = (path: string) => `${path}${path.includes("?") ? "&" : "?"}jwtToken=${token}`;
  return {
    post: (sessionId, more) => running.send("POST", at("/callLog"), callBody(sessionId, more)),
    patch: (sessionId, change) => running.send("PATCH", at("/callLog"), { sessionId, ...change }),
    written: (sessionId) =>
      until(async () => {
        const { logs } = (await running.send("GET", at(`/callLog?sessionIds=${sessionId}`))).json;
        assert.ok(Array.isArray(logs));
        const logId: unknown = logs[0]?.logId;
        return typeof logId === "string" && !logId.startsWith("pending-") ? logId : undefined;
      }),
  };
}

/** Accepted, and honest about not being in the CRM yet. */
export function assertOnItsWay(answer: WireAnswer): void {
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json["successful"], true, answer.text);
  assert.match(answer.text, /Nothing is lost/);
  assert.match(answer.text, /"messageType":"warning"/);
}
