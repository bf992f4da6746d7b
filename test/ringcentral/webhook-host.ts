/** A webhook of ours on loopback, with Trunkline's own reading of what arrives there. */

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { readEvent, type RingCentralEvent } from "../../src/ringcentral/events.ts";
import { isVerified, trialToken } from "../../src/ringcentral/webhook.ts";

export const VERIFICATION = "the-verification-token";

export interface WebhookHost {
  address: string;
  /** Events that were RingCentral's. */
  events: RingCentralEvent[];
  /** Instead of the right answer to a trial or an event. */
  misbehave(how: ((response: ServerResponse) => void) | undefined): void;
}

export async function webhookHost(t: TestContext): Promise<WebhookHost> {
  const events: RingCentralEvent[] = [];
  let misbehaviour: ((response: ServerResponse) => void) | undefined;
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = trialToken(request.headers);
    if (misbehaviour !== undefined) return misbehaviour(response);
    response.setHeader("content-type", "application/json");
    if (token !== undefined) return void response.setHeader("validation-token", token).end();
    if (!isVerified(request.headers, VERIFICATION)) return void response.writeHead(401).end();
    const event = readEvent(await json(request));
    if (event !== undefined) events.push(event);
    response.end();
  }
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return {
    address: `http://127.0.0.1:${address.port}/ringcentral/events?for=7`,
    events,
    misbehave(how) {
      misbehaviour = how;
    },
  };
}
