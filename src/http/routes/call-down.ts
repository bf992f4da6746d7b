/** GET and POST /calldown, PATCH and DELETE /calldown/{id}: the user's list of people to call back. */

import { type Static, Type } from "typebox";
import { type CallDownChange, MOST_CALL_DOWN_ENTRIES } from "../../core/call-down.ts";
import { badInput } from "../../sdk/errors.ts";
import type { CallDownStatus, StoredCallDownEntry } from "../../store/call-down-entries.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import type { Services } from "../services.ts";
import { momentFrom } from "../wire/moment.ts";

const maybe = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]));
const MaybeMoment = maybe(Type.Union([Type.String(), Type.Number()]));
const MaybeText = Type.Union([Type.String(), Type.Null()]);

const Entry = {
  contactId: maybe(Type.Union([Type.String({ maxLength: 200 }), Type.Number()])),
  contactType: maybe(Type.String({ maxLength: 200 })),
  contactName: maybe(Type.String({ maxLength: 1_000 })),
  phoneNumber: maybe(Type.String({ maxLength: 250 })),
  note: maybe(Type.String({ maxLength: 10_000 })),
  scheduledAt: MaybeMoment,
};
const NewEntry = Type.Object(Entry, { additionalProperties: true });
const Change = Type.Object(
  { ...Entry, status: maybe(Type.String()), lastCallAt: MaybeMoment },
  { additionalProperties: true },
);
const CHANGEABLE: readonly string[] = Object.keys(Change.properties);

const WireEntry = Type.Object({
  id: Type.String(),
  userId: Type.String(),
  contactId: MaybeText,
  contactType: Type.String(),
  contactName: Type.String(),
  phoneNumber: Type.String({ description: "E.164 where it is a whole number." }),
  note: Type.String(),
  status: Type.Union([Type.Literal("scheduled"), Type.Literal("called")]),
  scheduledAt: MaybeText,
  lastCallAt: MaybeText,
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

const EntryId = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) });
const Done = Type.Object({ successful: Type.Literal(true) });

export function callDownRoutes(app: App, { callDown }: Services, { userOf }: Authentication): void {
  app.get(
    "/calldown",
    {
      schema: {
        summary: "Whom to call back",
        description: "The user's own entries by the time for which they are scheduled; those without a time come last.",
        tags: ["call-down"],
        querystring: Type.Object({
          status: Type.Optional(Type.String({ description: "called, or not called; anything else: all" })),
          limit: Type.Optional(Type.String({ description: `At most, and unless given, ${MOST_CALL_DOWN_ENTRIES}` })),
          offset: Type.Optional(Type.String({ description: "How many to leave out at the beginning" })),
        }),
        response: { 200: Type.Object({ successful: Type.Literal(true), items: Type.Array(WireEntry) }) },
      },
    },
    async (request) => {
      const { limit, offset, status } = request.query;
      const entries = await callDown.list(userOf(request).id, {
        status: statusNamed(status),
        limit: countIn("limit", limit, 1) ?? MOST_CALL_DOWN_ENTRIES,
        offset: countIn("offset", offset, 0) ?? 0,
      });
      return { successful: true as const, items: entries.map(wireEntry) };
    },
  );

  app.post(
    "/calldown",
    {
      schema: {
        summary: "Add somebody to call back",
        tags: ["call-down"],
        body: NewEntry,
        response: { 200: Type.Object({ successful: Type.Literal(true), id: Type.String() }) },
      },
    },
    async (request) => {
      const id = await callDown.add(userOf(request).id, entryFrom(request.body));
      return { successful: true as const, id };
    },
  );

  app.patch(
    "/calldown/:id",
    {
      schema: {
        summary: "Change an entry, or say that somebody was called",
        description:
          "Members that are absent stay as they are. An entry that becomes called without a lastCallAt was called now.",
        tags: ["call-down"],
        params: EntryId,
        body: Change,
        response: { 200: Done },
      },
    },
    async (request) => {
      const { body, params } = request;
      if (!Object.keys(body).some((name) => CHANGEABLE.includes(name))) {
        throw badInput("The body", `must hold at least one of ${CHANGEABLE.join(", ")}`);
      }
      const change = {
        ...entryFrom(body),
        status: statusFrom(body.status ?? undefined),
        lastCallAt: timeFrom("lastCallAt", body.lastCallAt),
      };
      await callDown.change(userOf(request).id, params.id, change);
      return { successful: true as const };
    },
  );

  app.delete(
    "/calldown/:id",
    { schema: { summary: "Delete an entry", tags: ["call-down"], params: EntryId, response: { 200: Done } } },
    async (request) => {
      await callDown.remove(userOf(request).id, request.params.id);
      return { successful: true as const };
    },
  );
}

function entryFrom(body: Static<typeof NewEntry>): CallDownChange {
  const { contactId, contactName, contactType, note, phoneNumber, scheduledAt } = body;
  return {
    contactId: typeof contactId === "number" ? String(contactId) : contactId,
    contactType: contactType ?? undefined,
    contactName,
    phoneNumber,
    note,
    scheduledAt: timeFrom("scheduledAt", scheduledAt),
  };
}

function timeFrom(field: string, moment: string | number | null | undefined): number | null | undefined {
  return moment === null || moment === "" ? null : momentFrom(field, moment);
}

/** The document's three spellings of the ones that are still to be called. */
const NOT_CALLED = /^not[ _]?called$/;

function statusNamed(status: string | undefined): CallDownStatus | undefined {
  const name = status?.trim().toLowerCase() ?? "";
  if (NOT_CALLED.test(name)) return "scheduled";
  return name === "called" ? "called" : undefined;
}

function statusFrom(status: string | undefined): CallDownStatus | undefined {
  const named = status?.trim().toLowerCase() === "scheduled" ? "scheduled" : statusNamed(status);
  if (status !== undefined && named === undefined) throw badInput("status", 'must be "scheduled" or "called"');
  return named;
}

function countIn(field: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (count >= least && (field !== "limit" || count <= MOST_CALL_DOWN_ENTRIES)) return count;
  throw badInput(
    field,
    `must be a whole number from ${least}${field === "limit" ? ` to ${MOST_CALL_DOWN_ENTRIES}` : ""}`,
  );
}

function wireEntry(entry: StoredCallDownEntry): Static<typeof WireEntry> {
  return {
    ...entry,
    contactId: entry.contactId ?? null,
    contactName: entry.contactName ?? "",
    phoneNumber: entry.phoneNumber ?? "",
    note: entry.note ?? "",
    scheduledAt: wireMoment(entry.scheduledAt),
    lastCallAt: wireMoment(entry.lastCallAt),
    createdAt: new Date(entry.createdAt).toISOString(),
    updatedAt: new Date(entry.updatedAt).toISOString(),
  };
}

function wireMoment(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
