/** A plugin that really listens on this machine, does as the test says, and remembers what it was asked. */

import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";

export interface SeenRequest {
  headers: IncomingHttpHeaders;
  text: string;
  json: JsonObject;
  data: JsonObject;
}

/** Undefined: never. */
export type PluginReply = { status?: number; body?: unknown; text?: string } | undefined;

export interface SamplePlugin {
  address: string;
  seen: SeenRequest[];
  /** What it does from now on. */
  does(reply: (request: SeenRequest) => PluginReply): void;
  close(): Promise<void>;
}

export async function samplePlugin(t: TestContext): Promise<SamplePlugin> {
  const seen: SeenRequest[] = [];
  let reply: (request: SeenRequest) => PluginReply = ({ data }) => ({ body: data });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const json = objectIn(JSON.parse(text));
      const asked = { headers: request.headers, text, json, data: objectIn(json["data"]) };
      seen.push(asked);
      const answer = reply(asked);
      if (answer === undefined) return;
      response.writeHead(answer.status ?? 200, { "content-type": "application/json" });
      response.end(answer.text ?? JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = portOf(server.address());
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  t.after(close);
  return { address: `http://127.0.0.1:${port}/plugin`, seen, does: (next) => (reply = next), close };
}

/** As docs/plugins.md describes it, and not as Trunkline computes it. */
export function signed(body: string, secret: string, seconds = Math.floor(Date.now() / 1000)): Record<string, string> {
  const hmac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return { "trunkline-timestamp": String(seconds), "trunkline-signature": `sha256=${hmac}` };
}

export function objectIn(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error(`expected an object, got ${JSON.stringify(value)}`);
  return value;
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The plugin listens on no port.");
  return address;
}
