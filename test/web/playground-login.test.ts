/** A login that comes back to the playground's own page instead of the extension's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runTrunkline, type Running } from "../support/trunkline.ts";

/** A code that the Demo CRM sends to `redirectUri`, and the whole address that it sends it to. */
async function consent(running: Running, redirectUri: string): Promise<string> {
  const answer = await fetch(`${running.demoCrmUrl}/oauth/authorize`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      response_type: "code",
      client_id: "demo-client",
      redirect_uri: redirectUri,
      state: "mark,platform=demoOAuth",
    }),
  });
  return answer.headers.get("location") ?? "";
}

async function finish(running: Running, cameBackTo: string): Promise<string> {
  const answer = await running.send("GET", `/oauth-callback?callbackUri=${cameBackTo}&hostname=127.0.0.1`);
  assert.equal(answer.status, 200, answer.text);
  return answer.text;
}

test("a code that came to the playground's page is redeemed, under each name of this machine", async (t) => {
  const running = await runTrunkline(t);
  const { port } = new URL(running.url);
  for (const origin of [running.url, `http://localhost:${port}`]) {
    const told = await finish(running, await consent(running, `${origin}/playground/redirect`));
    assert.match(told, /"jwtToken"/);
  }
});

test("a code that came to any other page is not", async (t) => {
  const running = await runTrunkline(t);
  const { port } = new URL(running.url);
  for (const page of [
    "http://127.0.0.1:1/playground/redirect",
    `${running.url}/playground/redirect/more`,
    `${running.url}/docs`,
    `http://127.0.0.1.example.com:${port}/playground/redirect`,
  ]) {
    // The Demo CRM sends nobody to a page that is not on this machine: then the code is one of another page of ours.
    const sent = await consent(running, page.includes("example.com") ? `${running.url}/playground/redirect` : page);
    const told = await finish(running, `${page}${sent.slice(sent.indexOf("?"))}`);
    assert.doesNotMatch(told, /jwtToken/, page);
    assert.match(told, /returnMessage/);
  }
});

test("with the playground off, neither is one that came to its page", async (t) => {
  const running = await runTrunkline(t, { environment: { PLAYGROUND: "off" } });
  const told = await finish(running, await consent(running, `${running.url}/playground/redirect`));
  assert.doesNotMatch(told, /jwtToken/);
});
