/** GET and POST /api/contacts, GET and PATCH /api/contacts/{id}. */

import { Type } from "typebox";

import type { App } from "../app.ts";
import { found } from "../refusals.ts";
import { ById, FilledText } from "../schemas.ts";
import type { Settings } from "../settings.ts";
import { Contact, ContactChanges, type Contacts, NewContact } from "../store/contacts.ts";
import { PageOf, PageQuery } from "../store/paging.ts";

const ListRoute = {
  querystring: Type.Object({
    phone: Type.Optional(FilledText(100)),
    name: Type.Optional(FilledText(500)),
    ...PageQuery,
  }),
  response: { 200: PageOf(Contact) },
};
const CreateRoute = { body: NewContact, response: { 201: Contact } };
const ReadRoute = { params: ById, response: { 200: Contact } };
const ChangeRoute = { params: ById, body: ContactChanges, response: { 200: Contact } };

export function contactRoutes(app: App, { contacts, settings }: { contacts: Contacts; settings: Settings }): void {
  app.get("/api/contacts", { schema: ListRoute }, async ({ query }) =>
    contacts.list(query, query, settings.searchLagMs),
  );

  app.post("/api/contacts", { schema: CreateRoute }, async ({ body }, reply) => {
    const id = contacts.create(body);
    return reply.code(201).send(found(contacts.get(id), "contact", id));
  });

  app.get("/api/contacts/:id", { schema: ReadRoute }, async ({ params: { id } }) =>
    found(contacts.get(id), "contact", id),
  );

  app.patch("/api/contacts/:id", { schema: ChangeRoute }, async ({ params: { id }, body }) =>
    found(contacts.update(id, body), "contact", id),
  );
}
