/** Calendars of a fake Clio, and what stands in them. */

import { Type } from "typebox";
import type { JsonObject } from "../../../src/store/json.ts";
import type { FakeApp } from "../support/fake-server.ts";
import { entriesAsked, onCalendar } from "./calendar-search.ts";
import { Closed, Fields, Id, ListQuery, type RouteOptions } from "./contact-routes.ts";
import { select } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { refusal } from "./refusals.ts";
import { byId, CALENDAR_ENTRY_SHAPE, CALENDAR_SHAPE, calendarEntryView, etagOf } from "./shapes.ts";
import type { ClioCalendarEntry, ClioState } from "./state.ts";

const Reference = Type.Object({ id: Type.Integer() }, Closed);
const Moment = Type.String({ pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$` });
const Yes = Type.Literal("true");
const Attendee = Type.Object(
  {
    id: Type.Integer(),
    type: Type.Union([Type.Literal("Contact"), Type.Literal("Calendar")]),
    _destroy: Type.Optional(Type.Literal(true)),
  },
  Closed,
);
const Property = Type.Object(
  { id: Type.Optional(Type.Integer()), name: Type.String({ minLength: 1 }), value: Type.String() },
  Closed,
);

const Content = {
  summary: Type.String({ minLength: 1 }),
  description: Type.String(),
  start_at: Moment,
  end_at: Moment,
  all_day: Type.Boolean(),
  attendees: Type.Array(Attendee),
  external_properties: Type.Array(Property, { maxItems: 5 }),
};
const { summary, start_at, end_at, ...others } = Content;
const EntryBody = Type.Object(
  {
    data: Type.Object(
      {
        calendar_owner: Reference,
        send_email_notification: Type.Boolean(),
        summary,
        start_at,
        end_at,
        ...Type.Partial(Type.Object(others)).properties,
      },
      Closed,
    ),
  },
  Closed,
);
const EntryChange = Type.Object({ data: Type.Partial(Type.Object(Content), Closed) }, Closed);
const OneQuery = Type.Object({ fields: Fields }, Closed);
const OneId = Type.Object({ id: Id });

export function calendarRoutes(
  app: FakeApp,
  { state, largestPage, origin, userIdOf }: RouteOptions & { userIdOf(authorization: string | undefined): number },
): void {
  const paging = () => ({ largest: largestPage, origin: origin() });
  const shown = (entry: ClioCalendarEntry, fields: string): JsonObject =>
    select(calendarEntryView(entry, state), fields, CALENDAR_ENTRY_SHAPE);

  /** What a user may see: their own, the firm's, and where they take part. */
  function visible(id: string, userId: number): ClioCalendarEntry | undefined {
    const entry = byId(state.calendarEntries, Number(id));
    return entry && mayWrite(entry, userId, state) ? entry : entry && attends(entry, userId, state) ? entry : undefined;
  }

  app.get(
    "/api/v4/calendars.json",
    {
      schema: {
        querystring: Type.Object(
          { ...ListQuery, owner: Yes, writeable: Yes, type: Type.Literal("UserCalendar") },
          Closed,
        ),
      },
    },
    ({ url, query, headers }) => {
      const userId = userIdOf(headers.authorization);
      const own = state.calendars
        .filter(({ owner }) => owner === userId)
        .map((one) => ({ ...one, permission: "owner" }));
      return pageOf(own, CALENDAR_SHAPE, { url, query }, paging());
    },
  );

  app.get(
    "/api/v4/calendar_entries.json",
    {
      schema: {
        querystring: Type.Union([
          Type.Object({ ...ListQuery, calendar_id: Id, from: Moment, to: Moment, expanded: Yes }, Closed),
          Type.Object(
            { ...ListQuery, external_property_name: Type.String(), external_property_value: Type.String() },
            Closed,
          ),
        ]),
      },
    },
    ({ url, query, headers }) => {
      const userId = userIdOf(headers.authorization);
      const mine = state.calendarEntries.filter(({ id }) => visible(String(id), userId) !== undefined);
      const views = entriesAsked(mine, { ...query }).map(({ id, ...entry }) => ({
        ...calendarEntryView({ ...entry, id: Number.parseInt(id, 10) }, state),
        id,
      }));
      return pageOf(views, CALENDAR_ENTRY_SHAPE, { url, query }, paging());
    },
  );

  app.post(
    "/api/v4/calendar_entries.json",
    { schema: { body: EntryBody, querystring: OneQuery } },
    ({ body, query, headers }, reply) => {
      const { calendar_owner: owner, send_email_notification: notified, external_properties = [], ...data } = body.data;
      const draft = { ...data, calendar: owner.id, attendees: plain(data.attendees ?? []) };
      const wrong = wrongWith({ ...draft, external_properties }, state);
      if (wrong !== undefined) return reply.code(422).send(refusal(422, wrong));
      if (!mayWrite(draft, userIdOf(headers.authorization), state)) {
        return reply.code(403).send(refusal(403, "User is forbidden from taking that action"));
      }
      const properties = external_properties.map((property) => ({ ...property, id: state.newId() }));
      const entry = state.addCalendarEntry({ ...draft, notified, external_properties: properties });
      return reply.code(201).send({ data: shown(entry, query.fields) });
    },
  );

  app.get(
    "/api/v4/calendar_entries/:id.json",
    { schema: { params: OneId, querystring: OneQuery } },
    ({ params, query, headers }, reply) => {
      const entry = visible(params.id, userIdOf(headers.authorization));
      if (entry === undefined) return reply.code(404).send(refusal(404, "Record not found"));
      return reply.send({ data: shown(entry, query.fields) });
    },
  );

  app.patch(
    "/api/v4/calendar_entries/:id.json",
    { schema: { params: OneId, body: EntryChange, querystring: OneQuery } },
    ({ params, body, query, headers }, reply) => {
      const userId = userIdOf(headers.authorization);
      const entry = visible(params.id, userId);
      if (entry === undefined) return reply.code(404).send(refusal(404, "Record not found"));
      if (!mayWrite(entry, userId, state))
        return reply.code(403).send(refusal(403, "User is forbidden from taking that action"));
      const condition = headers["if-match"];
      if (condition !== undefined && condition !== etagOf(entry)) {
        return reply.code(412).send(refusal(412, "The resource has changed"));
      }
      const { attendees, external_properties = [], ...changes } = body.data;
      const changed = { ...entry, ...changes, version: entry.version + 1 };
      const gone = new Set(attendees?.filter(({ _destroy }) => _destroy).map(({ id }) => id));
      const added = plain((attendees ?? []).filter(({ _destroy }) => !_destroy));
      changed.attendees = [...entry.attendees.filter(({ id }) => !gone.has(id)), ...added];
      changed.external_properties = withProperties(entry, external_properties, state);
      const wrong = wrongWith(changed, state);
      if (wrong !== undefined) return reply.code(422).send(refusal(422, wrong));
      Object.assign(entry, changed);
      return reply.send({ data: shown(entry, query.fields) });
    },
  );

  app.delete("/api/v4/calendar_entries/:id.json", { schema: { params: OneId } }, ({ params, headers }, reply) => {
    const userId = userIdOf(headers.authorization);
    const entry = visible(params.id, userId);
    if (entry === undefined) return reply.code(404).send(refusal(404, "Record not found"));
    if (!mayWrite(entry, userId, state))
      return reply.code(403).send(refusal(403, "User is forbidden from taking that action"));
    state.calendarEntries.splice(state.calendarEntries.indexOf(entry), 1);
    return reply.code(204).send();
  });
}

function plain(attendees: readonly { id: number; type: "Contact" | "Calendar" }[]): ClioCalendarEntry["attendees"] {
  return attendees.map(({ id, type }) => ({ id, type }));
}

function mayWrite({ calendar }: Pick<ClioCalendarEntry, "calendar">, userId: number, state: ClioState): boolean {
  const owner = byId(state.calendars, calendar)?.owner;
  return owner === null || owner === userId;
}

function attends(entry: ClioCalendarEntry, userId: number, state: ClioState): boolean {
  return state.calendars.some(({ id, owner }) => owner === userId && onCalendar(entry, id));
}

function withProperties(
  { external_properties: present }: ClioCalendarEntry,
  sent: readonly { id?: number; name: string; value: string }[],
  state: ClioState,
): ClioCalendarEntry["external_properties"] {
  const kept = present.map((property) => ({ ...property, ...sent.find(({ id }) => id === property.id) }));
  return [...kept, ...sent.filter(({ id }) => id === undefined).map((one) => ({ ...one, id: state.newId() }))];
}

type Draft = Pick<ClioCalendarEntry, "start_at" | "end_at" | "attendees" | "calendar"> & {
  external_properties: readonly unknown[];
};

function wrongWith({ start_at: start, end_at: end, attendees, calendar, ...draft }: Draft, state: ClioState) {
  if (Date.parse(end) < Date.parse(start)) return "End must be after start";
  if (byId(state.calendars, calendar) === undefined) return "Calendar was not found";
  if (draft.external_properties.length > 5) return "There are too many external properties";
  if (new Set(attendees.map(({ id }) => id)).size < attendees.length) return "Attendee has already been taken";
  const missing = attendees.find(
    ({ id, type }) => byId<{ id: number }>(type === "Contact" ? state.contacts : state.calendars, id) === undefined,
  );
  return missing && `${missing.type} ${missing.id} was not found`;
}
