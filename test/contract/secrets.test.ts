/** Nothing secret reaches a log line, the database file or an answer that was not asked for it, whatever succeeds or fails. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createSigner } from "fast-jwt";
import { activitiesIn, setFaults, until } from "../support/trunkline.ts";
import { conversation, laterFacts, newCall, text } from "./calls.ts";
import { connectedExtension, type Extension, textOf } from "./extension.ts";
import { consent, finishLogin } from "./oauth-login.ts";
import { startWithRecordedTokens } from "./recorded-tokens.ts";
import { RC_TOKEN } from "./ring-central-records.ts";

const environment = {
  LOG_LEVEL: "trace",
  APP_SERVER_SECRET_KEY: "the-secret-that-signs-every-token-of-the-clients",
  HASH_KEY: "the-key-that-goes-into-the-hashes-of-ids",
  TRUNKLINE_ENCRYPTION_KEYS: "the-first-key-encrypts-and-all-decrypt,an-older-key-that-only-decrypts",
};
const MEDIA = "https://media.ringcentral.com/restapi/v1.0/account/401/extension/402";

/** What people wrote and said: in the CRM, in our database sealed, in no log line. */
const words = {
  note: "Wants to defect to the rebellion",
  newerNote: "Changed his mind about the rebellion",
  cachedNote: "Typed while the other one talked",
  transcript: "Help me Obi-Wan Kenobi, you are my only hope",
  aiNote: "The caller asked for help with droids",
  message: "The blast doors are closed again",
  brokenNote: "This body has no end",
};
/** Written raw into queries and bodies; each line of a log that named one would be a list of who called whom. */
const people = ["6505551212", "650) 555", "6505550177", "Skywalker", "Mon Mothma"];

/** Everything a user does, and much that goes wrong. */
async function wholeStory(ann: Extension): Promise<void> {
  const { running } = ann;
  const recording = {
    link: `${MEDIA}/recording/1?accessToken=${RC_TOKEN}`,
    contentUri: `${MEDIA}/recording/1/content`,
    downloadUrl: `${MEDIA}/recording/1/content?accessToken=${RC_TOKEN}`,
  };
  const attachments = [{ type: "RenderedDocument", uri: `${MEDIA}/2`, link: `${MEDIA}/2?access_token=${RC_TOKEN}` }];
  const fax = text("2", words.message, 0, { type: "Fax", attachments });

  await ann.findContact("+16505551212");
  await ann.ask("GET /custom/contact/search", "name=Luke Skywalker");
  await ann.ask("POST /contact", "", { phoneNumber: "+16505550177", newContactName: "Mon Mothma" });
  await ann.ask("POST /callLog/cacheNote", "", { sessionId: "s2", note: words.cachedNote });
  await ann.logCall(
    newCall("s1", { note: words.note, aiNote: words.aiNote, transcript: words.transcript, logInfo: { recording } }),
  );
  await ann.loadCalls(["s1"], true);
  await ann.updateCall(
    laterFacts("s1", { recordingLink: recording.link, recordingDownloadLink: recording.downloadUrl }),
  );
  await ann.logMessages(conversation("c1", [text("1", words.message, 0)]));
  await ann.logMessages(conversation("2", [fax], { logInfo: { type: "Fax", rcAccessToken: RC_TOKEN } }));

  for (const kind of ["500", "cut", "malformed", "429"] as const) {
    await setFaults(
      running,
      ...["GET", "POST", "PATCH"].map((method) => ({ match: `${method} /api`, kind, times: 1_000, ms: 1 })),
    );
    await ann.findContact(`+1650555121${kind.length}`);
    await ann.logCall(
      newCall(`failing-${kind}`, { note: words.note, transcript: words.transcript, logInfo: { recording } }),
    );
    await ann.updateCall({ sessionId: "s1", subject: "Ships", note: `${words.newerNote} ${kind}` });
    await ann.logMessages(conversation(`failing-${kind}`, [text("1", words.message, 0)]));
    await ann.ask("GET /authValidation");
  }
  await setFaults(running);

  await ann.ask("POST /callLog", "", `{"note":"${words.brokenNote}","jwtToken":"${ann.token}"`);
  await ann.ask("POST /callLog", "", { note: [words.brokenNote], logInfo: { sessionId: {} } });
  await ann.ask("GET /contact", "phoneNumber=+16505551212&phoneNumber=+16505550177");
  await ann.running.send("GET", `/nowhere/+16505551212?jwtToken=${ann.token}`);
  await ann.as(`${ann.token}x`).ask("GET /hostname");
}

/** Asks again for what failed, as the client does, until all of it is in the CRM. */
async function allWritten(ann: Extension): Promise<void> {
  await until(async () => {
    await ann.updateCall({ sessionId: "s1", subject: "Ships", note: words.newerNote });
    for (const kind of ["500", "cut", "malformed", "429"]) await ann.logCall(newCall(`failing-${kind}`));
    const records = await activitiesIn(ann.running);
    const bodies = records.map(({ body }) => textOf(body)).join();
    return records.length >= 7 && bodies.includes(words.newerNote) ? true : undefined;
  });
}

function assertNone(haystack: string, secrets: readonly string[], where: string): void {
  for (const secret of secrets) {
    const at = haystack.indexOf(secret);
    assert.ok(at === -1, `${where} holds ${secret}: ${haystack.slice(Math.max(0, at - 200), at + 100)}`);
  }
}

/** Every byte in the folder of the database, as text in which ASCII stays readable. */
function bytesOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.startsWith("trunkline.db"));
  assert.ok(files.includes("trunkline.db-wal"), files.join());
  const bytes = files.map((name) => readFileSync(join(folder, name), "latin1")).join("\n");
  // What is not secret is readable: a search that finds nothing has looked in the right place.
  assert.ok(bytes.includes("Ann Operator"));
  return bytes;
}

function spellings(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -2),
  ]);
}

test("with an API key neither the logs nor the database file hold what must not be there", async (t) => {
  const ann = await connectedExtension(t, { environment });
  const old = createSigner({ key: environment.APP_SERVER_SECRET_KEY, algorithm: "HS256" })({
    id: "1",
    platform: "demo",
  });
  await ann.as(old).ask("GET /hostname");
  await ann.as(undefined).ask("POST /apiKeyLogin", "", { platform: "demo", apiKey: "a-key-that-is-wrong" });
  await wholeStory(ann);
  await allWritten(ann);

  const keys = [
    ...Object.values(environment)
      .slice(1)
      .flatMap((value) => value.split(",")),
    ann.token,
    old,
    "demo-key",
    "a-key-that-is-wrong",
  ];
  const written = Object.values(words);
  const logs = ann.running.logs.join("\n");
  assert.match(logs, /"route":"\/contact"/);
  assertNone(logs, [...spellings(keys), RC_TOKEN, ...written, ...people, ann.token.split(".")[1] ?? ""], "a log line");
  assertNone(bytesOf(ann.running.folder), [...spellings(keys), RC_TOKEN, ...written, "Basic "], "the database file");

  const crm = JSON.stringify(await activitiesIn(ann.running));
  assertNone(crm, [RC_TOKEN, ...keys], "the CRM");
  for (const word of [words.newerNote, words.transcript, words.message]) assert.ok(crm.includes(word), word);

  await ann.ask("POST /unAuthorize");
  assertNone(ann.running.logs.join("\n"), [...spellings(keys), ...written, ...people], "a log line");
});

test("with OAuth neither the logs nor the database file hold a token, a code or the client's secret", async (t: TestContext) => {
  const { stranger, tokens } = await startWithRecordedTokens(t, { environment });
  const consented = await consent(stranger);
  const login = await finishLogin(stranger, consented);
  const ann = stranger.as(textOf(login.json["jwtToken"]));
  await ann.findContact("+16505551212");
  await fetch(`${stranger.running.demoCrmUrl}/control/expire-tokens`, { method: "POST" });
  await ann.logCall(newCall("s1", { note: words.note }));
  await ann.as(undefined).ask("GET /oauth-callback", `callbackUri=${consented}&hostname=evil.example`);
  await finishLogin(stranger, consented);

  const code = textOf(new URL(consented).searchParams.get("code"));
  const granted = tokens.flatMap(({ access, refresh }) => [access, refresh]);
  assert.equal(granted.length, 4);
  const secrets = spellings([...granted, code, "demo-secret", ann.token]);
  assertNone(ann.running.logs.join("\n"), [...secrets, words.note, ...people], "a log line");
  assertNone(bytesOf(ann.running.folder), [...secrets, words.note], "the database file");

  await ann.ask("POST /unAuthorize");
  assertNone(ann.running.logs.join("\n"), secrets, "a log line");
});

test("answers hold no token but the one that a login hands out, and no trace for whoever asks for one", async (t) => {
  const ann = await connectedExtension(t, { environment });
  const routes: [route: string, query: string, body?: object][] = [
    ["GET /authValidation", ""],
    ["GET /licenseStatus", ""],
    ["GET /hostname", ""],
    ["GET /user/settings", ""],
    ["POST /callLog", "", newCall("s1")],
    ["GET /callLog", "sessionIds=s1&requireDetails=true"],
    ["POST /unAuthorize", ""],
  ];
  for (const [route, query, body] of routes) {
    const { text: answer, headers } = await ann.ask(route, query, body, { "is-debug": "true" });
    assertNone(
      `${answer} ${JSON.stringify([...headers])}`,
      [ann.token, "demo-key", "Basic ", "_debug", "stack"],
      route,
    );
  }
});
