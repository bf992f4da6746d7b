/** Trunkline behind a recording OAuth server, so that a test knows the tokens that nobody else may ever see. */

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";
import { isJsonObject } from "../../src/store/json.ts";
import { runCrm } from "../demo-crm/running-crm.ts";
import { type RunOptions, runTrunkline } from "../support/trunkline.ts";
import { type Extension, extensionAt } from "./extension.ts";

export interface GrantedTokens {
  access: string;
  refresh: string;
}

/** `tokens` grows with every grant and refresh. The Demo CRM runs by itself, and its OAuth server is reached through the recorder. */
export async function startWithRecordedTokens(
  t: TestContext,
  options: RunOptions = {},
): Promise<{ stranger: Extension; tokens: readonly GrantedTokens[] }> {
  const crm = await runCrm(t);
  const tokens: GrantedTokens[] = [];
  const passOn = async (request: IncomingMessage, response: ServerResponse) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(Buffer.from(chunk));
    const answer = await fetch(`${crm.url}${request.url ?? ""}`, {
      method: request.method ?? "GET",
      redirect: "manual",
      headers: chosen(request.headers, ["authorization", "content-type", "accept"]),
      ...(body.length === 0 ? {} : { body: Buffer.concat(body) }),
    });
    const text = await answer.text();
    tokens.push(...tokensIn(text));
    response.writeHead(answer.status, chosen(Object.fromEntries(answer.headers), ["content-type", "location"]));
    response.end(text);
  };
  const recorder = createServer((request, response) => {
    passOn(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    recorder.closeAllConnections();
    recorder.close();
  });
  const address = recorder.address();
  assert.ok(typeof address === "object" && address !== null);
  const running = await runTrunkline(t, {
    ...options,
    environment: {
      ...options.environment,
      DEMO_CRM: "off",
      DEMO_API_URL: crm.url,
      DEMO_OAUTH_URL: `http://127.0.0.1:${address.port}`,
    },
  });
  return { stranger: extensionAt({ ...running, demoCrmUrl: crm.url }), tokens };
}

function chosen(
  headers: Record<string, string | string[] | undefined>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}

function tokensIn(text: string): GrantedTokens[] {
  if (!text.startsWith("{")) return [];
  const answer: unknown = JSON.parse(text);
  if (!isJsonObject(answer)) return [];
  const { access_token: access, refresh_token: refresh } = answer;
  return typeof access === "string" && typeof refresh === "string" ? [{ access, refresh }] : [];
}
