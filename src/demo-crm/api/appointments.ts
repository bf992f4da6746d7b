/** GET and POST /api/appointments, GET and PATCH /api/appointments/{id}: the calendar of whoever asks. */

import { type Static, Type } from "typebox";

import type { App } from "../app.ts";
import { userOf } from "../authentication.ts";
import { found } from "../refusals.ts";
import { ById, FilledText, NullableText } from "../schemas.ts";
import { Appointment, type AppointmentContent } from "../store/appointments.ts";
import { PageOf, PageQuery } from "../store/paging.ts";
import type { Records } from "../store/records.ts";
import { readTime } from "../times.ts";
import { checkReferences } from "./references.ts";

const Fields = {
  title: FilledText(1000),
  description: Type.String(),
  startsAt: Type.Unsafe<string | number>({ type: ["string", "integer"] }),
  durationMinutes: Type.Integer({ minimum: 1, maximum: 10_080 }),
  contactIds: Type.Array(Type.String(), { maxItems: 50 }),
};
const NewAppointment = Type.Object({
  ...Fields,
  description: Type.Optional(Fields.description),
  contactIds: Type.Optional(Fields.contactIds),
  externalId: Type.Optional(NullableText(200)),
});
const Changes = Type.Partial(Type.Object({ ...Fields, status: Appointment.properties.status }));

/** Ids name contacts: what is shown of them is theirs. */
const Shown = Type.Object({
  ...Appointment.properties,
  contacts: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      type: Type.String(),
      email: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});

const ListRoute = {
  querystring: Type.Object({
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
    externalId: Type.Optional(Type.String()),
    ...PageQuery,
  }),
  response: { 200: PageOf(Shown) },
};
const CreateRoute = { body: NewAppointment, response: { 201: Shown } };
const ReadRoute = { params: ById, response: { 200: Shown } };
const ChangeRoute = { params: ById, body: Changes, response: { 200: Shown } };

export function appointmentRoutes(app: App, { appointments, contacts, deals }: Records): void {
  function shown(appointment: Appointment): Static<typeof Shown> {
    const people = appointment.contactIds.flatMap((id) => contacts.get(id) ?? []);
    return { ...appointment, contacts: people.map(({ id, name, type, email }) => ({ id, name, type, email })) };
  }

  function checkContacts(contactIds: readonly string[] = []): void {
    for (const contactId of contactIds) checkReferences({ contacts, deals }, { contactId });
  }

  app.get("/api/appointments", { schema: ListRoute }, async (request) => {
    const { externalId, from, to } = request.query;
    const filter = {
      externalId,
      ...(from !== undefined && { from: readTime("from", from) }),
      ...(to !== undefined && { to: readTime("to", to) }),
    };
    const { items, nextCursor } = appointments.list(userOf(request).id, filter, request.query);
    return { items: items.map(shown), nextCursor };
  });

  app.post("/api/appointments", { schema: CreateRoute }, async (request, reply) => {
    const { contactIds = [], description = "", durationMinutes, externalId = null, startsAt, title } = request.body;
    checkContacts(contactIds);
    const content = { title, description, durationMinutes, contactIds, startsAt: readTime("startsAt", startsAt) };
    const created = appointments.create(userOf(request).id, { ...content, status: "scheduled" }, externalId);
    return reply.code(201).send(shown(created));
  });

  app.get("/api/appointments/:id", { schema: ReadRoute }, async (request) => {
    const { id } = request.params;
    return shown(found(appointments.get(userOf(request).id, id), "appointment", id));
  });

  app.patch("/api/appointments/:id", { schema: ChangeRoute }, async (request) => {
    const { id } = request.params;
    checkContacts(request.body.contactIds);
    const changed = appointments.update(userOf(request).id, id, changesIn(request.body));
    return shown(found(changed, "appointment", id));
  });
}

function changesIn({ startsAt, ...changes }: Static<typeof Changes>): Partial<AppointmentContent> {
  return { ...changes, ...(startsAt !== undefined && { startsAt: readTime("startsAt", startsAt) }) };
}
