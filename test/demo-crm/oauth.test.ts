/** The OAuth server: consent, codes, rotating refresh tokens, revocation. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Type } from "typebox";

import { type RunningCrm, redirectParameter, runCrm } from "./running-crm.ts";

const REDIRECT = "https://ringcentral.github.io/ringcentral-embeddable/redirect.html";
const CLIENT = { client_id: "demo-client", client_secret: "demo-secret" };
const REQUEST = {
  response_type: "code",
  client_id: "demo-client",
  redirect_uri: REDIRECT,
  state: "platform=demoOAuth",
};

const Tokens = Type.Object({
  access_token: Type.String(),
  refresh_token: Type.String(),
  token_type: Type.Literal("Bearer"),
  expires_in: Type.Integer(),
  scope: Type.String(),
});

const authorize = (crm: RunningCrm, request: Record<string, string>) =>
  crm.send(`GET /oauth/authorize?${new URLSearchParams(request).toString()}`, { authorization: null });

const token = (crm: RunningCrm, form: Record<string, string>, authorization: string | null = null) =>
  crm.send("POST /oauth/token", { form, authorization });

async function newCode(crm: RunningCrm, request: Record<string, string> = REQUEST): Promise<string> {
  return redirectParameter(await crm.send("POST /oauth/authorize", { form: request, authorization: null }), "code");
}

const withCode = (code: string) => ({ ...CLIENT, grant_type: "authorization_code", code, redirect_uri: REDIRECT });
const withRefreshToken = (refreshToken: string) => ({
  ...CLIENT,
  grant_type: "refresh_token",
  refresh_token: refreshToken,
});

async function connected(crm: RunningCrm) {
  return (await token(crm, withCode(await newCode(crm)))).as(Tokens);
}

async function whoIs(crm: RunningCrm, accessToken: string): Promise<unknown> {
  const answer = await crm.send("GET /api/me", { authorization: `Bearer ${accessToken}` });
  return answer.status === 200 ? JSON.parse(answer.text).name : answer.status;
}

/** What a browser would send when the first form of the page is submitted without touching anything. */
function unchangedForm(page: string): Record<string, string> {
  const inputs = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const user = /<option value="([^"]*)"\s+selected>/.exec(page)?.[1] ?? "";
  return { ...Object.fromEntries(inputs.map(([, name, value = ""]) => [name, value.replaceAll("&amp;", "&")])), user };
}

test("the consent page's one form, submitted unchanged, sends a code and the exact state back", async (t) => {
  const crm = await runCrm(t);
  const page = await authorize(crm, { ...REQUEST, state: "a&b=platform=demoOAuth +%", decision: "deny", user: "2" });
  assert.equal(page.status, 200);
  assert.equal(page.text.match(/<form/g)?.length, 1);
  assert.doesNotMatch(page.text, /<input[^>]*name="(?:decision|user)"/);
  assert.match(
    page.headers.get("content-security-policy") ?? "",
    /form-action 'self' https:\/\/ringcentral\.github\.io;/,
  );

  const back = await crm.send("POST /oauth/authorize", { form: unchangedForm(page.text), authorization: null });
  assert.equal(back.status, 302);
  assert.ok(back.headers.get("location")?.startsWith(`${REDIRECT}?code=`));
  assert.equal(redirectParameter(back, "state"), "a&b=platform=demoOAuth +%");

  const tokens = (await token(crm, withCode(redirectParameter(back, "code")))).as(Tokens);
  assert.deepEqual([tokens.expires_in, tokens.scope], [3600, "crm"]);
  assert.equal(await whoIs(crm, tokens.access_token), "Ann Operator");
});

test("another person can be chosen, and access can be denied", async (t) => {
  const crm = await runCrm(t);
  const { access_token: bens } = (await token(crm, withCode(await newCode(crm, { ...REQUEST, user: "2" })))).as(Tokens);
  assert.equal(await whoIs(crm, bens), "Ben Backup");
  const denied = await crm.send("POST /oauth/authorize", {
    form: { ...REQUEST, decision: "deny" },
    authorization: null,
  });
  assert.equal(denied.headers.get("location"), `${REDIRECT}?error=access_denied&state=platform%3DdemoOAuth`);
});

test("only the built-in redirect address and this machine are sent back to", async (t) => {
  const crm = await runCrm(t);
  for (const uri of ["http://127.0.0.1:8080/cb?x=1", "http://localhost/cb", "http://[::1]:1/"]) {
    const back = await crm.send("POST /oauth/authorize", {
      form: { ...REQUEST, redirect_uri: uri },
      authorization: null,
    });
    assert.ok(back.headers.get("location")?.startsWith(`${uri}${uri.includes("?") ? "&" : "?"}code=`), uri);
  }
  for (const uri of [
    `${REDIRECT}/../evil`,
    `${REDIRECT}?x`,
    "https://127.0.0.1/",
    "http://127.0.0.1.evil.example/",
    "http://a@localhost/",
    "http://localhost/#f",
    "http://evil.example/?http://localhost/",
    "javascript:alert(1)",
    "",
  ]) {
    const request = { ...REQUEST, redirect_uri: uri };
    assert.equal((await authorize(crm, request)).status, 400, uri);
    assert.equal((await crm.send("POST /oauth/authorize", { form: request, authorization: null })).status, 400, uri);
  }
  assert.equal((await authorize(crm, { ...REQUEST, client_id: "other" })).status, 400);
  const unsupported = await authorize(crm, { ...REQUEST, response_type: "token" });
  assert.equal(redirectParameter(unsupported, "error"), "unsupported_response_type");
});

test("a code works once, for its own redirect address and the right client only", async (t) => {
  const crm = await runCrm(t);
  const code = await newCode(crm);
  assert.equal((await token(crm, withCode(code))).status, 200);
  const invalidGrant = async (form: Record<string, string>) => {
    const answer = await token(crm, form);
    assert.equal(answer.status, 400);
    assert.equal(JSON.parse(answer.text).error, "invalid_grant");
  };
  await invalidGrant(withCode(code));
  await invalidGrant(withCode("made-up"));
  await invalidGrant({ ...withCode(await newCode(crm)), redirect_uri: "http://localhost/" });

  const untouched = await newCode(crm);
  for (const secret of ["", "wrong"]) {
    const answer = await token(crm, { ...withCode(untouched), client_secret: secret });
    assert.deepEqual([answer.status, JSON.parse(answer.text).error], [401, "invalid_client"]);
  }
  const { client_secret: _secret, ...withoutSecret } = withCode(untouched);
  assert.equal((await token(crm, withoutSecret)).status, 401);
  assert.equal((await token(crm, withoutSecret, `Basic ${btoa("demo%2Dclient:demo%2Dsecret")}`)).status, 200);
});

test("a challenge must be met by its verifier, and none is needed without", async (t) => {
  const crm = await runCrm(t);
  const verifier = "v".repeat(43);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const challenged = { ...REQUEST, code_challenge: challenge, code_challenge_method: "S256" };
  const redeem = async (extra: Record<string, string>, request: Record<string, string> = challenged) =>
    (await token(crm, { ...withCode(await newCode(crm, request)), ...extra })).status;
  assert.equal(await redeem({ code_verifier: verifier }), 200);
  assert.equal(await redeem({ code_verifier: `${verifier}x` }), 400);
  assert.equal(await redeem({}), 400);
  assert.equal(await redeem({ code_verifier: verifier }, REQUEST), 400);
  const plain = await authorize(crm, { ...REQUEST, code_challenge: verifier });
  assert.equal(redirectParameter(plain, "error"), "invalid_request");
});

test("a refresh token is worthless as soon as it was used; the new one carries on", async (t) => {
  const crm = await runCrm(t);
  const first = await connected(crm);
  const second = (await token(crm, withRefreshToken(first.refresh_token))).as(Tokens);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(await whoIs(crm, second.access_token), "Ann Operator");
  const reused = await token(crm, withRefreshToken(first.refresh_token));
  assert.deepEqual([reused.status, JSON.parse(reused.text).error], [400, "invalid_grant"]);
  assert.equal((await token(crm, withRefreshToken(second.refresh_token))).status, 200);
});

test("of many parallel refreshes with one token, one succeeds", async (t) => {
  const crm = await runCrm(t);
  const { refresh_token: shared } = await connected(crm);
  const answers = await Promise.all(Array.from({ length: 8 }, () => token(crm, withRefreshToken(shared))));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal(answers.filter(({ status }) => status === 400).length, 7);
});

test("access tokens expire when told to, and refreshing helps", async (t) => {
  const crm = await runCrm(t);
  const tokens = await connected(crm);
  assert.deepEqual((await crm.send("POST /control/expire-tokens")).json(), { expired: 1 });
  assert.equal(await whoIs(crm, tokens.access_token), 401);
  const refreshed = (await token(crm, withRefreshToken(tokens.refresh_token))).as(Tokens);
  assert.equal(await whoIs(crm, refreshed.access_token), "Ann Operator");

  assert.deepEqual((await crm.send("PUT /control/token-lifetime", { json: { seconds: 0 } })).json(), { seconds: 0 });
  const shortLived = await connected(crm);
  assert.equal(shortLived.expires_in, 0);
  assert.equal(await whoIs(crm, shortLived.access_token), 401);
});

test("revoking a refresh token ends the whole grant, and whatever is revoked the answer is 200", async (t) => {
  const crm = await runCrm(t);
  const one = await connected(crm);
  const other = await connected(crm);
  const revoke = (form: Record<string, string>) => crm.send("POST /oauth/revoke", { form, authorization: null });
  assert.equal((await revoke({ ...CLIENT, token: one.refresh_token })).status, 200);
  assert.equal((await token(crm, withRefreshToken(one.refresh_token))).status, 400);
  assert.equal(await whoIs(crm, one.access_token), 401);
  assert.equal(await whoIs(crm, other.access_token), "Ann Operator");

  assert.equal((await revoke({ token: other.access_token, token_type_hint: "access_token" })).status, 200);
  assert.equal(await whoIs(crm, other.access_token), 401);
  assert.equal((await token(crm, withRefreshToken(other.refresh_token))).status, 200);
  assert.equal((await revoke({ ...CLIENT, token: "unknown" })).status, 200);
});

test("requests that lack something are refused in the protocol's words", async (t) => {
  const crm = await runCrm(t);
  for (const [form, error] of [
    [{}, "invalid_request"],
    [{ grant_type: "authorization_code", redirect_uri: REDIRECT }, "invalid_request"],
    [{ grant_type: "authorization_code", code: "c" }, "invalid_request"],
    [{ grant_type: "refresh_token" }, "invalid_request"],
    [{ grant_type: "password" }, "unsupported_grant_type"],
  ] as const) {
    const answer = await token(crm, { ...CLIENT, ...form });
    assert.deepEqual([answer.status, JSON.parse(answer.text).error], [400, error]);
    assert.equal(answer.headers.get("cache-control"), "no-store");
  }
});

test("the database holds no token, code or key in the clear", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-crm-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "crm.db");
  const crm = await runCrm(t, { file });
  const code = await newCode(crm);
  const { access_token: access, refresh_token: refresh } = await connected(crm);
  await crm.close();
  const bytes = readFileSync(file);
  for (const secret of [code, access, refresh, "demo-key"]) assert.equal(bytes.includes(secret), false);
});
