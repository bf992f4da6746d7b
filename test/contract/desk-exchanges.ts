/** A visit to what is on somebody's desk beside calls: appointments, the company's lists, whom to call back. */

import type { Exchange } from "./exchange.ts";
import { type Extension, objectOf, textOf } from "./extension.ts";
import { noToken } from "./without-session.ts";

const CALL_BACK = {
  contactId: 1,
  contactType: "Contact",
  contactName: "Luke Skywalker",
  phoneNumber: "(650) 555-1212",
  note: "About the X-wings",
  scheduledAt: "2026-12-01T09:00:00.000Z",
};
const firstCallBack = async (extension: Extension): Promise<string> => {
  const { items } = (await extension.ask("GET /calldown")).json;
  return Array.isArray(items) ? textOf(objectOf(items[0])["id"]) : "";
};

const MEETING = {
  title: "Call about the X-wings",
  summary: "Bring the plans",
  startTimeUtc: "2026-12-01T09:00:00Z",
  durationMinutes: 30,
  contacts: [1],
};
const december = "startDate=2026-12-01&endDate=2026-12-31";
const firstMeeting = async (extension: Extension): Promise<string> => {
  const { appointments } = (await extension.ask("GET /appointments", december)).json;
  return Array.isArray(appointments) ? textOf(objectOf(appointments[0])["id"]) : "";
};
const meeting = (route: string, body?: object): Exchange[] => [
  { route, id: firstMeeting, body, status: 200, says: /"successful":true,"appointmentId":"\d+"/ },
  { route: route.replace("{id}", "999"), body, status: 200, says: /"successful":false.*no longer in Demo CRM/ },
];

export const appointments: Exchange[] = [
  ...noToken("GET /appointments"),
  { route: "GET /appointments", status: 200, says: /^\{"successful":true,"appointments":\[\]\}$/ },
  { route: "GET /appointments", crmFails: true, status: 200, says: /"successful":false.*"returnMessage"/ },
  { route: "GET /appointments", query: "startDate=2026-12-01", status: 400, says: /^endDate is required/ },
  { route: "POST /appointments", body: { payload: MEETING }, status: 200, says: /"successful":true/ },
  {
    route: "POST /appointments",
    body: MEETING,
    crmFails: true,
    status: 200,
    says: /"successful":false.*an error of its own/,
  },
  { route: "POST /appointments", body: { title: "No time" }, status: 400, says: /is required/ },
  { route: "GET /appointments", query: december, status: 200, says: /"participantName":"Luke Skywalker"/ },
  ...meeting("PATCH /appointments/{id}", { patch: { title: "Moved" } }),
  { route: "PATCH /appointments/1", body: { durationMinutes: 5 }, status: 400, says: /^startTimeUtc is required/ },
  ...meeting("POST /appointments/{id}/status", { status: "Confirmed" }),
  { route: "POST /appointments/1/status", body: { status: "late" }, status: 200, says: /"successful":false/ },
  ...meeting("GET /appointments/{id}/refresh"),
  ...meeting("POST /appointments/{id}/confirm"),
  ...meeting("POST /appointments/{id}/cancel"),
];

export const accountLists: Exchange[] = [
  ...noToken("GET /accountData", "keys=colleagues"),
  { route: "GET /accountData", query: "keys=colleagues", crmFails: true, status: 200, says: /"successful":false/ },
  { route: "GET /accountData", query: "keys=colleagues", status: 200, says: /"title":"Ben Backup"/ },
  { route: "GET /accountData", query: "keys=constructor", status: 400, says: /^keys names no list of Demo CRM/ },
  { route: "GET /accountData", status: 400, says: /^keys is required/ },
];

export const callDown: Exchange[] = [
  ...noToken("GET /calldown"),
  { route: "GET /calldown", status: 200, says: /^\{"successful":true,"items":\[\]\}$/ },
  { route: "POST /calldown", body: CALL_BACK, status: 200, says: /"id":"/ },
  { route: "POST /calldown", body: { phoneNumber: "nobody" }, status: 400, says: /^phoneNumber must be/ },
  { route: "GET /calldown", query: "status=not called", status: 200, says: /"contactName":"Luke Skywalker"/ },
  { route: "GET /calldown", query: "limit=0", status: 400, says: /^limit must be/ },
  { route: "PATCH /calldown/{id}", id: firstCallBack, body: { status: "called" }, status: 200, says: /true/ },
  { route: "PATCH /calldown/{id}", id: firstCallBack, body: { status: "rung" }, status: 400, says: /^status must be/ },
  { route: "GET /calldown", query: "status=called", status: 200, says: /"lastCallAt":"\d{4}-/ },
  { route: "DELETE /calldown/{id}", id: firstCallBack, status: 200, says: /true/ },
  { route: "DELETE /calldown/made-up", status: 400, says: /^id does not name/ },
];
