/** Logging in at RingCentral: codes, JWT credentials, refresh tokens that serve once, and the end of a session. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Agent } from "undici";
import { createRingCentral } from "../../src/ringcentral/ringcentral.ts";
import { callingRingCentral, codeAndRetry, failureOf } from "./calling-ringcentral.ts";

const REDIRECT = "https://trunkline.example/ringcentral/oauth/callback";

test("somebody is sent to RingCentral with the app's id and what we shall be told again", async (t) => {
  const { fake, ringCentral } = await callingRingCentral(t);
  const url = new URL(ringCentral.login.authorizationUrl({ redirectUri: REDIRECT, state: "a state & more" }));
  assert.equal(`${url.origin}${url.pathname}`, `${fake.url}/restapi/oauth/authorize`);
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    response_type: "code",
    client_id: "rc-app-id",
    redirect_uri: REDIRECT,
    state: "a state & more",
  });
});

test("a code is exchanged for tokens that work, with their ends", async (t) => {
  const { fake, ringCentral, ann } = await callingRingCentral(t);
  const before = fake.clock.now();
  const tokens = await ringCentral.login.exchangeCode({
    code: fake.grants.newCode(ann, REDIRECT),
    redirectUri: REDIRECT,
  });
  assert.equal(tokens.ownerId, String(ann.id));
  assert.ok(tokens.scopes.includes("ReadCallLog"));
  assert.ok(tokens.accessTokenExpiresAt >= before + 3_600_000 && tokens.accessTokenExpiresAt < before + 3_660_000);
  assert.ok((tokens.refreshTokenExpiresAt ?? 0) >= before + 604_800_000);
  assert.equal((await ringCentral.whoHolds(tokens.accessToken)).extensionId, String(ann.id));
});

test("a JWT credential logs a service in without a person", async (t) => {
  const { fake, ringCentral, ann } = await callingRingCentral(t);
  const tokens = await ringCentral.login.exchangeJwt(fake.grants.newJwt(ann));
  assert.equal((await ringCentral.whoHolds(tokens.accessToken)).isAdministrator, true);
});

test("a refresh token serves once; the one that comes for it serves next", async (t) => {
  const { fake, ringCentral, ann } = await callingRingCentral(t);
  const first = await ringCentral.login.exchangeJwt(fake.grants.newJwt(ann));
  fake.clock.advance(3_600_000);
  assert.equal((await failureOf(ringCentral.whoHolds(first.accessToken))).code, "ringcentral-session-ended");
  const second = await ringCentral.login.refresh(first.refreshToken ?? "");
  assert.notEqual(second.refreshToken, first.refreshToken);
  assert.equal((await ringCentral.whoHolds(second.accessToken)).extensionId, String(ann.id));
  const again = await failureOf(ringCentral.login.refresh(first.refreshToken ?? ""));
  assert.deepEqual(codeAndRetry(again), ["ringcentral-session-ended", "never"]);
  assert.match(again.userMessage, /connect again/);
});

test("a refresh token that is older than its week asks for a new login", async (t) => {
  const { fake, ringCentral, ann } = await callingRingCentral(t);
  const tokens = await ringCentral.login.exchangeJwt(fake.grants.newJwt(ann));
  fake.clock.advance(604_801_000);
  const failure = await failureOf(ringCentral.login.refresh(tokens.refreshToken ?? ""));
  assert.equal(failure.code, "ringcentral-session-ended");
});

test("a code for another address, and one that was used, are worth nothing", async (t) => {
  const { fake, ringCentral, ann } = await callingRingCentral(t);
  const code = fake.grants.newCode(ann, "https://elsewhere.example/");
  const other = await failureOf(ringCentral.login.exchangeCode({ code, redirectUri: REDIRECT }));
  assert.equal(other.code, "ringcentral-session-ended");
  const spent = { code: fake.grants.newCode(ann, REDIRECT), redirectUri: REDIRECT };
  await ringCentral.login.exchangeCode(spent);
  assert.equal((await failureOf(ringCentral.login.exchangeCode(spent))).code, "ringcentral-session-ended");
});

test("revoking ends the session with all its tokens", async (t) => {
  const { fake, ringCentral, ann } = await callingRingCentral(t);
  const tokens = await ringCentral.login.exchangeJwt(fake.grants.newJwt(ann));
  await ringCentral.login.revoke(tokens.refreshToken ?? "");
  assert.equal((await failureOf(ringCentral.whoHolds(tokens.accessToken))).code, "ringcentral-session-ended");
});

test("wrong credentials of the app are the operator's to mend, and the sentence says which", async (t) => {
  const { fake, ann } = await callingRingCentral(t);
  const agent = new Agent();
  t.after(() => agent.destroy());
  const { login } = createRingCentral({
    agent,
    server: fake.url,
    app: { id: "rc-app-id", secret: "not-the-secret" },
    observe: () => undefined,
  });
  const failure = await failureOf(login.exchangeJwt(fake.grants.newJwt(ann)));
  assert.equal(failure.code, "ringcentral-rejected");
  assert.match(failure.userMessage, /RINGCENTRAL_CLIENT_SECRET/);
  assert.doesNotMatch(JSON.stringify(failure), /not-the-secret/);
});

test("without an app, logging in says what to set, and tokens of others are read all the same", async (t) => {
  const { fake, ringCentral, ann, asked } = await callingRingCentral(t, { withoutApp: true });
  const failure = await failureOf(ringCentral.login.exchangeJwt("a.b.c"));
  assert.equal(failure.code, "unsupported");
  assert.match(failure.userMessage, /RINGCENTRAL_CLIENT_ID/);
  assert.throws(
    () => ringCentral.login.authorizationUrl({ redirectUri: REDIRECT, state: "s" }),
    /RINGCENTRAL_CLIENT_ID/,
  );
  assert.equal(ringCentral.login.isConfigured, false);
  assert.deepEqual(asked(), []);
  assert.equal((await ringCentral.whoHolds(fake.grants.tokenOf(ann))).extensionId, String(ann.id));
});
