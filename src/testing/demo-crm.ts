/** The Demo CRM under test: the model for how a CRM, or a fake of one, is made ready for the suite. */

import { startDemoCrm } from "../demo-crm/server.ts";
import type { ApiKeyAccess, CrmUnderTest, OAuthAccess } from "./crm-under-test.ts";
import { at, listAt, parsed, textAt } from "./wire.ts";

const KEY = "demo-key";
const CLIENT_ID = "demo-client";
const HOSTNAME = "localhost";
const HOUR_MS = 60 * 60 * 1000;

/** A new one for each scenario, in memory. */
export async function startDemoCrmUnderTest(access: "apiKey" | "oauth"): Promise<CrmUnderTest> {
  const { url, close } = await startDemoCrm({ host: "127.0.0.1", port: 0, file: ":memory:" });
  const ask = asking(url);
  const all = async (path: string) => listAt(await ask("GET", `${path}?limit=1000`), "items");
  return {
    url,
    environment: (origin) => ({ DEMO_API_URL: origin }),
    access: access === "apiKey" ? keyAccess : consentAt(url),
    operations: {
      search: ["GET /api/contacts"],
      createContact: ["POST /api/contacts"],
      createLog: ["POST /api/activities"],
      readLog: ["GET /api/activities/*"],
      updateLog: ["PATCH /api/activities/*"],
      createAppointment: ["POST /api/appointments"],
      ...(access === "oauth" ? { token: ["POST /oauth/token"], revoke: ["POST /oauth/revoke"] } : {}),
    },
    async addContact({ name, phone }) {
      return textAt(await ask("POST", "/api/contacts", { name, phones: [{ label: "work", number: phone }] }), "id");
    },
    async contacts() {
      return (await all("/api/contacts")).map((one) => ({ id: textAt(one, "id"), name: textAt(one, "name") }));
    },
    async records() {
      return (await all("/api/activities")).map((one) => ({
        id: textAt(one, "id"),
        contactId: textAt(one, "contactId"),
        subject: textAt(one, "subject"),
        body: textAt(one, "body"),
      }));
    },
    async editRecord(id, body) {
      await ask("PATCH", `/api/activities/${id}`, { body });
    },
    async deleteRecord(id) {
      await ask("DELETE", `/api/activities/${id}`);
    },
    async delaySearch() {
      await ask("PUT", "/control/search-lag", { ms: HOUR_MS });
    },
    // The Demo CRM lets a call be filed under anybody's deal.
    async addChoice() {
      return { deals: textAt((await all("/api/deals"))[0], "id") };
    },
    async appointments() {
      return (await all("/api/appointments"))
        .filter((one) => at(one, "status") !== "cancelled")
        .map((one) => ({
          id: textAt(one, "id"),
          title: textAt(one, "title"),
          startsAt: Date.parse(textAt(one, "startsAt")),
          durationMinutes: Number(at(one, "durationMinutes")),
          contactIds: listAt(one, "contactIds").map(String),
        }));
    },
    close,
  };
}

const keyAccess: ApiKeyAccess = { type: "apiKey", apiKey: KEY, wrongApiKey: "no-such-key", hostname: HOSTNAME };

/** Sends the consent form as a person's browser does. */
function consentAt(url: string): OAuthAccess {
  return {
    type: "oauth",
    hostname: HOSTNAME,
    async consent(redirectUri) {
      const form = new URLSearchParams({ response_type: "code", client_id: CLIENT_ID, redirect_uri: redirectUri });
      const answer = await fetch(`${url}/oauth/authorize`, { method: "POST", body: form, redirect: "manual" });
      const back = answer.headers.get("location") ?? "";
      return new URL(back).searchParams.get("code") ?? "";
    },
  };
}

/** The Demo CRM's own interface, as somebody who works there. */
function asking(url: string) {
  return async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa(`${KEY}:`)}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The Demo CRM answered ${method} ${path} with ${answer.status} ${text}`);
    return parsed(text);
  };
}
