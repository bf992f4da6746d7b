/** Contacts, matters and relationships of a fake Clio. */

import { Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import { select } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { refusal } from "./refusals.ts";
import { byId, CONTACT_SHAPE, contactView, MATTER_SHAPE, RELATIONSHIP_SHAPE } from "./shapes.ts";
import type { ClioContact, ClioState } from "./state.ts";

/** Connectors must name the fields they want: nothing else but ids would come. */
export const Fields = Type.String({ minLength: 2 });
const Limit = Type.String({ pattern: "^(1?[0-9]?[0-9]|200)$" });
export const Closed = { additionalProperties: false };
export const Id = Type.String({ pattern: "^[0-9]+$" });
export const ListQuery = { fields: Fields, limit: Type.Optional(Limit), page_token: Type.Optional(Type.String()) };

const ContactBody = Type.Object(
  {
    data: Type.Object(
      {
        type: Type.Union([Type.Literal("Person"), Type.Literal("Company")]),
        name: Type.String({ minLength: 1 }),
        first_name: Type.Optional(Type.String()),
        last_name: Type.Optional(Type.String()),
        phone_numbers: Type.Optional(
          Type.Array(
            Type.Object(
              { name: Type.String(), number: Type.String(), default_number: Type.Optional(Type.Boolean()) },
              Closed,
            ),
          ),
        ),
      },
      Closed,
    ),
  },
  Closed,
);

export interface RouteOptions {
  state: ClioState;
  largestPage: number;
  origin: () => string;
  searchIsSlow: () => boolean;
}

export function contactRoutes(app: FakeApp, { state, largestPage, origin, searchIsSlow }: RouteOptions): void {
  const paging = () => ({ largest: largestPage, origin: origin() });

  app.get(
    "/api/v4/contacts.json",
    { schema: { querystring: Type.Object({ ...ListQuery, query: Type.Optional(Type.String()) }, Closed) } },
    ({ url, query }) => {
      const found = state.contacts.filter((contact) => contact.indexed && isFound(contact, query.query ?? ""));
      return pageOf(
        found.map((contact) => contactView(contact, state)),
        CONTACT_SHAPE,
        { url, query },
        paging(),
      );
    },
  );

  app.get(
    "/api/v4/contacts/:id.json",
    { schema: { params: Type.Object({ id: Id }), querystring: Type.Object({ fields: Fields }, Closed) } },
    ({ params, query }, reply) => {
      const contact = byId(state.contacts, Number(params.id));
      if (contact === undefined) return reply.code(404).send(refusal(404, "Record not found"));
      return reply.send({ data: select(contactView(contact, state), query.fields, CONTACT_SHAPE) });
    },
  );

  app.post(
    "/api/v4/contacts.json",
    { schema: { body: ContactBody, querystring: Type.Object({ fields: Fields }, Closed) } },
    ({ body, query }, reply) => {
      const { type, name, phone_numbers = [] } = body.data;
      const phones = phone_numbers.map(({ number }) => number);
      const contact = state.addContact({ type, name, phones, indexed: !searchIsSlow() });
      return reply.code(201).send({ data: select(contactView(contact, state), query.fields, CONTACT_SHAPE) });
    },
  );

  app.get(
    "/api/v4/matters.json",
    { schema: { querystring: Type.Object({ ...ListQuery, client_id: Id }, Closed) } },
    ({ url, query }) => {
      const own = state.matters.filter((matter) => matter.client === Number(query.client_id));
      return pageOf(
        own.map((matter) => ({ ...matter })),
        MATTER_SHAPE,
        { url, query },
        paging(),
      );
    },
  );

  app.get(
    "/api/v4/relationships.json",
    { schema: { querystring: Type.Object({ ...ListQuery, contact_id: Id }, Closed) } },
    ({ url, query }) => {
      const theirs = state.relationships
        .filter((relationship) => relationship.contact === Number(query.contact_id))
        .map((relationship) => ({ ...relationship, matter: byId(state.matters, relationship.matter) }));
      return pageOf(theirs, RELATIONSHIP_SHAPE, { url, query }, paging());
    },
  );
}

/** A wild card over all there is, as people typed it. */
function isFound({ name, title, email, phones }: ClioContact, query: string): boolean {
  return [name, title ?? "", email ?? "", ...phones].some((text) => text.toLowerCase().includes(query.toLowerCase()));
}
