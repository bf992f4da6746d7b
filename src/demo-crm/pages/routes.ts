/** The pages for a person: /, /contacts/{id} and what they look like. */

import { readFileSync } from "node:fs";
import { Type } from "typebox";

import type { App } from "../app.ts";
import { comparableDigits } from "../phone-digits.ts";
import { ById } from "../schemas.ts";
import type { Settings } from "../settings.ts";
import type { ContactFilter } from "../store/contact-search.ts";
import type { Records } from "../store/records.ts";
import type { Users } from "../store/users.ts";
import { contactPage } from "./contact-page.ts";
import { contactsPage } from "./contacts-page.ts";
import { messagePage } from "./message-page.ts";
import { sendPage } from "./send-page.ts";

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="#3b6fb6">
  <circle cx="8" cy="5.5" r="3"/><path d="M2 15a6 6 0 0 1 12 0z"/>
</svg>`;

const ListPage = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100 })),
  cursor: Type.Optional(Type.String()),
});

export function pageRoutes(
  app: App,
  { records, users, settings }: { records: Records; users: Users; settings: Settings },
): void {
  const { contacts, deals, activities, notes } = records;
  const style = readFileSync(new URL("style.css", import.meta.url), "utf8");

  app.get("/", { schema: { querystring: ListPage } }, async ({ query }, reply) => {
    const search = query.q?.trim() ?? "";
    const lagMs = settings.searchLagMs;
    const page = contacts.list(filterOf(search), { limit: "25", ...(query.cursor && { cursor: query.cursor }) }, lagMs);
    return sendPage(reply, contactsPage({ search, page, lagMs }), { framed: true });
  });

  app.get("/contacts/:id", { schema: { params: ById } }, async ({ params: { id } }, reply) => {
    const contact = contacts.get(id);
    if (!contact) {
      const text = "There is no such contact here.";
      return sendPage(reply, messagePage({ title: "Not found", text }), { status: 404, framed: true });
    }
    const view = {
      contact,
      deals: deals.list({ contactId: id }, { limit: "1000" }).items,
      notes: notes.list({ contactId: id }, { limit: "1000" }).items.toReversed(),
      timezone: users.list()[0]?.timezone ?? "UTC",
    };
    return sendPage(reply, contactPage({ ...view, ...activities.timeline(id, 100) }), { framed: true });
  });

  app.get("/style.css", async (_request, reply) => reply.type("text/css; charset=utf-8").send(style));
  app.get("/icon.svg", async (_request, reply) => reply.type("image/svg+xml").send(ICON));
}

/** What looks like a number is searched as one. */
function filterOf(search: string): ContactFilter {
  if (search === "") return {};
  return /^[+(]?\d[\d\s()./+-]*$/.test(search) && comparableDigits(search) ? { phone: search } : { name: search };
}
