/** What Pipedrive answers, as far as it is read here. API v2 is read where it has the resource, v1 where it has not (snapshot 2026-08-18). */

import { type Static, type TSchema, Type } from "typebox";

const Id = Type.Union([Type.Integer(), Type.String()]);
const MaybeText = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const MaybeId = Type.Optional(Type.Union([Id, Type.Null()]));

/** `GET /v1/users/me`. Two companies may share a user id, so the company is asked for as well. */
export const Me = Type.Object({
  data: Type.Object({
    id: Id,
    name: Type.String(),
    timezone_name: MaybeText,
    timezone_offset: MaybeText,
    company_id: Id,
    company_name: MaybeText,
    company_domain: MaybeText,
  }),
});

export const Users = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      email: MaybeText,
      active_flag: Type.Optional(Type.Boolean()),
      is_deleted: Type.Optional(Type.Boolean()),
    }),
  ),
});

export const ActivityTypes = Type.Object({
  data: Type.Array(
    Type.Object({ name: Type.String(), key_string: Type.String(), active_flag: Type.Optional(Type.Boolean()) }),
  ),
});

/** A person as the search answers. */
export const FoundPerson = Type.Object({
  id: Id,
  name: Type.String(),
  phones: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
  emails: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
  organization: Type.Optional(Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()])),
});
export type FoundPerson = Static<typeof FoundPerson>;

export const Person = Type.Object({ data: Type.Object({ id: Id, name: Type.String() }) });

/** A deal or a lead: what a log can be linked with. */
export const Titled = Type.Object({ id: Id, title: Type.String() });
export type Titled = Static<typeof Titled>;

export const Activity = Type.Object(
  {
    id: Id,
    subject: MaybeText,
    note: MaybeText,
    deal_id: MaybeId,
    lead_id: MaybeId,
    org_id: MaybeId,
    is_deleted: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: true },
);
export type Activity = Static<typeof Activity>;

export const OneActivity = Type.Object({ data: Activity });

/** v2 pages by an opaque cursor, which is null at the end although the document says text. */
const Cursor = Type.Optional(Type.Union([Type.Object({ next_cursor: MaybeText }), Type.Null()]));

export const PersonPage = Type.Object({
  data: Type.Object({ items: Type.Array(Type.Object({ item: FoundPerson })) }),
  additional_data: Cursor,
});

export const DealPage = pageOf(Titled);
export const ActivityPage = pageOf(Activity);

const More = { more_items_in_collection: Type.Optional(Type.Boolean()) };

/** v1 pages by position. The document puts the paging right into `additional_data`, v1 answers nest it in `pagination`. */
export const LeadPage = Type.Object({
  data: Type.Union([Type.Array(Titled), Type.Null()]),
  additional_data: Type.Optional(
    Type.Union([
      Type.Object({ ...More, pagination: Type.Optional(Type.Union([Type.Object(More), Type.Null()])) }),
      Type.Null(),
    ]),
  ),
});

function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({ data: Type.Union([Type.Array(item), Type.Null()]), additional_data: Cursor });
}
