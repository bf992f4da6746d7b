/** Logging in through the Demo CRM's OAuth server: the pages a person passes, and the addresses that the extension makes of them. */

import assert from "node:assert/strict";
import type { Running, WireAnswer } from "../support/trunkline.ts";
import { type Extension, objectOf, textOf } from "./extension.ts";

/** Opens the consent page as the extension does, from the manifest, and answers where the person is sent back to. */
export async function consent(
  extension: Extension,
  { state = "platform=demoOAuth", decision }: { state?: string; decision?: "deny" } = {},
): Promise<string> {
  const { json } = await extension.as(undefined).ask("GET /crmManifest", "platformName=demoOAuth");
  const { auth } = objectOf(objectOf(json["platforms"])["demoOAuth"]);
  const { authUrl, clientId, redirectUri } = objectOf(objectOf(auth)["oauth"]);
  const page = await fetch(
    `${textOf(authUrl)}?response_type=code&client_id=${textOf(clientId)}&state=${state}&redirect_uri=${textOf(redirectUri)}`,
  );
  const form = await page.text();
  assert.equal(page.status, 200, form);
  const fields = new URLSearchParams(decision === undefined ? {} : { decision });
  for (const [, name = "", value = ""] of form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g))
    fields.append(name, value.replaceAll("&amp;", "&"));
  const action = /<form[^>]* action="([^"]*)"/.exec(form)?.[1] ?? "";
  const sent = await fetch(new URL(action, page.url), { method: "POST", body: fields, redirect: "manual" });
  return sent.headers.get("location") ?? "";
}

/** GET /oauth-callback as the extension sends it: the address that it was sent back to stands there unencoded. */
export function finishLogin(
  extension: Extension,
  callbackUri: string,
  others = "hostname=localhost&rcAccountId=401",
): Promise<WireAnswer> {
  return extension.as(undefined).ask("GET /oauth-callback", `callbackUri=${callbackUri}&${others}`);
}

/** The whole login, as the seeded Ann. */
export async function logInWithOAuth(extension: Extension): Promise<Extension> {
  const answer = await finishLogin(extension, await consent(extension));
  return extension.as(textOf(answer.json["jwtToken"]));
}

/** PUT, POST or GET /control/… of the Demo CRM. */
export async function control(running: Running, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${running.demoCrmUrl}/control/${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.equal(answer.status, 200, path);
  return answer.json();
}

/** How often the Demo CRM was asked since the counts were last reset, by route. */
export async function requestsSeenByTheCrm(running: Running): Promise<Record<string, unknown>> {
  return objectOf(objectOf(await control(running, "GET", "requests"))["byRoute"]);
}
