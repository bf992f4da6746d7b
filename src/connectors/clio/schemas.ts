/** What Clio answers, as far as it is read here. Clio leaves out what `fields` does not name and sends null for what is empty. */

import { type Static, type TSchema, Type } from "typebox";

const MaybeText = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const Id = Type.Number();

function maybe<Schema extends TSchema>(schema: Schema) {
  return Type.Optional(Type.Union([schema, Type.Null()]));
}

function one<Schema extends TSchema>(schema: Schema) {
  return Type.Object({ data: schema });
}

function page<Schema extends TSchema>(schema: Schema) {
  const paging = maybe(Type.Object({ next: MaybeText }));
  return Type.Object({ data: Type.Array(schema), meta: maybe(Type.Object({ paging })) });
}

const Reference = Type.Object({ id: Id });

/** The answer to a write that only needs to know which record it was. */
export const Written = one(Reference);

export const Me = one(Type.Object({ id: Id, name: Type.String(), time_zone: MaybeText, account: maybe(Reference) }));

export const ClioContact = Type.Object({
  id: Id,
  name: Type.String(),
  type: MaybeText,
  title: MaybeText,
  primary_email_address: MaybeText,
  created_at: MaybeText,
  company: maybe(Type.Object({ name: MaybeText })),
  phone_numbers: maybe(Type.Array(Type.Object({ number: MaybeText }))),
});
export type ClioContact = Static<typeof ClioContact>;
export const ContactShown = one(ClioContact);
export const ContactPage = page(ClioContact);
export const ContactName = one(Type.Object({ name: Type.String() }));

export const Matter = Type.Object({ id: Id, display_number: MaybeText, description: MaybeText, status: MaybeText });
export type Matter = Static<typeof Matter>;
export const MatterPage = page(Matter);
export const RelationshipPage = page(Type.Object({ matter: maybe(Matter) }));

const Participants = maybe(Type.Array(Type.Object({ id: Id, type: MaybeText, name: MaybeText })));
const ExternalProperties = maybe(Type.Array(Type.Object({ id: Type.Optional(Id), name: MaybeText, value: MaybeText })));
const BilledEntries = maybe(
  Type.Array(
    Type.Object({
      id: Id,
      billed: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
      non_billable: maybe(Type.Boolean()),
    }),
  ),
);

export const Communication = Type.Object(
  {
    id: Id,
    subject: MaybeText,
    body: MaybeText,
    received_at: MaybeText,
    matter: maybe(Reference),
    senders: Participants,
    receivers: Participants,
    external_properties: ExternalProperties,
    time_entries: BilledEntries,
  },
  { additionalProperties: true },
);
export type Communication = Static<typeof Communication>;
export const CommunicationShown = one(Communication);
export const CommunicationPage = page(Communication);

export const TimeEntry = Type.Object({
  id: Id,
  note: MaybeText,
  billed: maybe(Type.Boolean()),
  matter: maybe(Reference),
});
export type TimeEntry = Static<typeof TimeEntry>;
export const TimeEntryPage = page(TimeEntry);

export const CalendarPage = page(Reference);

/** The one kind of record whose ids are texts: those of a series' single dates are no numbers ("CalendarEntry", API v4). */
export const CalendarEntry = Type.Object({
  id: Type.Union([Type.String(), Type.Number()]),
  etag: MaybeText,
  summary: MaybeText,
  description: MaybeText,
  start_at: MaybeText,
  end_at: MaybeText,
  all_day: maybe(Type.Boolean()),
  recurrence_rule: MaybeText,
  parent_calendar_entry_id: maybe(Type.Number()),
  attendees: maybe(Type.Array(Type.Object({ id: Id, type: MaybeText, name: MaybeText, email: MaybeText }))),
  external_properties: ExternalProperties,
});
export type CalendarEntry = Static<typeof CalendarEntry>;
export const CalendarEntryShown = one(CalendarEntry);
export const CalendarEntryPage = page(CalendarEntry);

export const DocumentBegun = one(
  Type.Object({
    id: Id,
    latest_document_version: Type.Object({
      uuid: Type.String(),
      put_url: Type.String(),
      put_headers: maybe(Type.Array(Type.Object({ name: Type.String(), value: Type.String() }))),
    }),
  }),
);

export const UserPage = page(Type.Object({ id: Id, name: MaybeText, email: MaybeText }));

/** The most that one page of most lists may hold. */
export const PAGE_LIMIT = 200;
