/** Clio's regions, as the client is told about them and as requests are sent to them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Compile } from "typebox/compile";
import { clio } from "../../../src/connectors/clio/index.ts";
import { PlatformManifest } from "../../../src/sdk/manifest.ts";

const SERVER = "https://trunkline.example";
const US = { CLIO_CLIENT_ID: "us-id", CLIO_CLIENT_SECRET: "us-secret" };
const EU = { CLIO_EU_CLIENT_ID: "eu-id", CLIO_EU_CLIENT_SECRET: "eu-secret" };
const AU = { CLIO_AU_CLIENT_ID: "au-id", CLIO_AU_CLIENT_SECRET: "au-secret" };

function manifestOf(environment: Record<string, string>): PlatformManifest {
  const manifest = clio.manifest({ serverUrl: SERVER, environment });
  assert.ok(Compile(PlatformManifest).Check(manifest));
  return manifest;
}

function oauthOf({ auth }: PlatformManifest) {
  assert.equal(auth.type, "oauth");
  return auth.type === "oauth" ? auth.oauth : undefined;
}

test("a region without an app is not offered, and each one that is has its own login", () => {
  const manifest = manifestOf({ ...US, ...EU, CLIO_CA_CLIENT_ID: "half" });
  assert.deepEqual(manifest.environment, {
    type: "selectable",
    selections: [
      { const: "https://app.clio.com", name: "US" },
      { const: "https://eu.app.clio.com", name: "EU" },
    ],
  });
  assert.deepEqual(oauthOf(manifest), {
    authUrl: "https://app.clio.com/oauth/authorize",
    clientId: "us-id",
    redirectUri: "https://ringcentral.github.io/ringcentral-embeddable/redirect.html",
  });
  assert.deepEqual(manifest.override, [
    {
      triggerType: "hostname",
      triggerValue: "eu.app.clio.com",
      overrideObjects: [
        { path: "auth.oauth.authUrl", value: "https://eu.app.clio.com/oauth/authorize" },
        { path: "auth.oauth.clientId", value: "eu-id" },
      ],
    },
  ]);
});

test("a server for one other region alone sends everybody there", () => {
  const manifest = manifestOf(AU);
  assert.equal(oauthOf(manifest)?.authUrl, "https://au.app.clio.com/oauth/authorize");
  assert.equal(oauthOf(manifest)?.clientId, "au-id");
  assert.deepEqual(manifest.override, []);
});

test("without any app the connector is not offered", () => {
  assert.equal(clio.isConfigured({}), false);
  assert.equal(clio.isConfigured({ CLIO_CLIENT_ID: "half" }), false);
  assert.equal(clio.isConfigured(AU), true);
});

test("the host chooses origin, token endpoint and app", () => {
  const { auth } = clio;
  assert.ok(auth.type === "oauth");
  const place = { serverUrl: SERVER, environment: { ...US, ...EU }, hostname: "eu.app.clio.com", apiOrigin: undefined };
  assert.equal(clio.apiOrigin(place), "https://eu.app.clio.com");
  assert.equal(auth.endpoints(place).token, "https://eu.app.clio.com/oauth/token");
  assert.equal(auth.client(place)?.id, "eu-id");
  assert.equal(auth.client({ ...place, hostname: undefined })?.id, "us-id");
  assert.equal(auth.client({ ...place, hostname: "au.app.clio.com" }), undefined);
});

test("a sandbox takes every region, while the host still chooses the app", () => {
  const { auth } = clio;
  assert.ok(auth.type === "oauth");
  const environment = {
    ...US,
    ...EU,
    CLIO_API_URL: "http://127.0.0.1:4001",
    CLIO_OAUTH_URL: "http://127.0.0.1:4002",
  };
  const place = { serverUrl: SERVER, environment, hostname: "eu.app.clio.com", apiOrigin: undefined };
  assert.equal(clio.apiOrigin(place), "http://127.0.0.1:4001");
  assert.equal(auth.endpoints(place).authorization, "http://127.0.0.1:4002/oauth/authorize");
  assert.equal(auth.client(place)?.id, "eu-id");
  assert.equal(oauthOf(manifestOf(environment))?.authUrl, "http://127.0.0.1:4002/oauth/authorize");
});
