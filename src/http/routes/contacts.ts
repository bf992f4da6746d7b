/** GET /contact, POST /contact, GET /custom/contact/search: who is calling, and who should be. */

import { Type } from "typebox";
import { createCallerNumbers } from "../../core/phone/caller-numbers.ts";
import type { CallerNumber } from "../../sdk/connector.ts";
import { badInput } from "../../sdk/errors.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { orFailure } from "../errors.ts";
import { queryFillsBody } from "../request-body.ts";
import { ReturnMessage, success, warning } from "../return-message.ts";
import { placeholder, WireContact, wireContact } from "../schemas/contact.ts";
import type { Services } from "../services.ts";

const Found = Type.Object({
  successful: Type.Boolean(),
  contact: Type.Array(WireContact, { description: "The last one may be the placeholder to create a contact." }),
  returnMessage: Type.Optional(ReturnMessage),
});
const Created = Type.Object({
  successful: Type.Boolean(),
  id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  contact: WireContact,
  returnMessage: ReturnMessage,
});

export function contactRoutes(app: App, { contacts }: Services, { userOf }: Authentication): void {
  const read = createCallerNumbers();

  function numberFrom(text: string, overridingFormat: string | undefined): CallerNumber {
    const phone = read(text, overridingFormat);
    if (phone === undefined) throw badInput("phoneNumber", "must be a telephone number, such as +16505551212");
    return phone;
  }

  app.get(
    "/contact",
    {
      schema: {
        summary: "Who is calling",
        description:
          "A failed search answers successful: false with an empty list: it is not known whether anybody has this number.",
        tags: ["contacts"],
        querystring: Type.Object({
          phoneNumber: Type.String({ description: "E.164; a + that arrives as a space is understood." }),
          overridingFormat: Type.Optional(Type.String()),
          isExtension: Type.Optional(Type.String()),
          isForceRefreshAccountData: Type.Optional(Type.String()),
          shape: Type.Optional(Type.Literal("array", { description: "The bare array of the original document." })),
        }),
        response: { 200: Type.Union([Found, Type.Array(WireContact)]) },
      },
      // Which of the two shapes it is, is known here; to find out from the answer takes longer than to write it.
      serializerCompiler: () => JSON.stringify,
    },
    async (request) => {
      const { query } = request;
      const match = await contacts.match(userOf(request), {
        phone: numberFrom(query.phoneNumber, query.overridingFormat),
        isExtension: query.isExtension === "true",
        fresh: query.isForceRefreshAccountData === "true",
      });
      if (match.outcome === "unknown") {
        const returnMessage = warning(`${match.failure.userMessage} It is not known who this is. Please try again.`);
        return query.shape === "array" ? [] : { successful: false, contact: [], returnMessage };
      }
      const known = match.outcome === "known" ? match.contacts.map(wireContact) : [];
      if (query.shape === "array") return known;
      if (match.outcome === "extension") return { successful: false, contact: [] };
      return { successful: true, contact: match.canCreate ? [...known, placeholder()] : known };
    },
  );

  app.post(
    "/contact",
    {
      preValidation: queryFillsBody,
      schema: {
        summary: "Create a contact",
        tags: ["contacts"],
        body: Type.Object({
          phoneNumber: Type.String({ minLength: 1 }),
          newContactName: Type.String({ minLength: 1 }),
          newContactType: Type.Optional(Type.String()),
          additionalSubmission: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        }),
        response: { 200: Created },
      },
    },
    async (request) => {
      const { phoneNumber, newContactName, newContactType, additionalSubmission } = request.body;
      const name = newContactName.trim();
      if (name === "") throw badInput("newContactName", "is required");
      const phone = numberFrom(phoneNumber, undefined);
      // The client reads contact.id before it looks at successful.
      return orFailure({ contact: {} }, async () => {
        const created = await contacts.create(userOf(request), {
          phone,
          name,
          type: newContactType || undefined,
          submission: additionalSubmission ?? {},
        });
        const contact = wireContact(created.contact);
        const returnMessage = success(`${created.contact.name} created in ${created.crmName}.`);
        return { successful: true, id: created.contact.id, name: created.contact.name, contact, returnMessage };
      });
    },
  );

  app.get(
    "/custom/contact/search",
    {
      schema: {
        summary: "Search contacts by name",
        tags: ["contacts"],
        querystring: Type.Object({ name: Type.String({ minLength: 1 }) }),
        response: { 200: Found },
      },
    },
    async (request) =>
      orFailure({ contact: [] }, async () => {
        const name = request.query.name.trim();
        if (name === "") throw badInput("name", "is required");
        const found = await contacts.searchByName(userOf(request), name);
        const { length } = found.contacts;
        // The client reads the message of an empty answer unguarded.
        const returnMessage =
          length === 0
            ? warning(`Nobody named "${name}" was found in ${found.crmName}.`)
            : success(length === 1 ? "1 contact found." : `${length} contacts found.`);
        return { successful: true, contact: found.contacts.map(wireContact), returnMessage };
      }),
  );
}
