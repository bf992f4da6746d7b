/** What the Demo CRM answers, as far as it is read here. */

import { type Static, Type } from "typebox";

const Id = Type.Union([Type.String(), Type.Number()]);
const MaybeText = Type.Optional(Type.Union([Type.String(), Type.Null()]));

export const Me = Type.Object({
  id: Id,
  name: Type.String(),
  timezone: MaybeText,
  account: Type.Optional(Type.Object({ id: Id })),
});

export const Colleagues = Type.Object({
  items: Type.Array(Type.Object({ id: Id, name: Type.String(), email: MaybeText })),
});

export const DemoContact = Type.Object({
  id: Id,
  type: MaybeText,
  name: Type.String(),
  title: MaybeText,
  email: MaybeText,
  organization: MaybeText,
  phones: Type.Optional(Type.Array(Type.Object({ number: Type.String() }))),
  createdAt: MaybeText,
});
export type DemoContact = Static<typeof DemoContact>;

export const DemoDeal = Type.Object({ id: Id, title: Type.String(), status: MaybeText });
export type DemoDeal = Static<typeof DemoDeal>;

export const DemoActivity = Type.Object(
  {
    id: Id,
    subject: MaybeText,
    body: MaybeText,
    dealId: Type.Optional(Type.Union([Id, Type.Null()])),
    externalId: MaybeText,
  },
  { additionalProperties: true },
);
export type DemoActivity = Static<typeof DemoActivity>;

export const DemoAppointment = Type.Object({
  id: Id,
  title: Type.String(),
  description: Type.String(),
  startsAt: Type.String(),
  durationMinutes: Type.Number(),
  status: Type.String(),
  contacts: Type.Array(Type.Object({ id: Id, name: Type.String(), type: MaybeText, email: MaybeText })),
});
export type DemoAppointment = Static<typeof DemoAppointment>;
export const AppointmentPage = Type.Object({ items: Type.Array(DemoAppointment), nextCursor: MaybeText });
export type AppointmentPage = Static<typeof AppointmentPage>;

/** Lists come in pages; the filters used here leave few enough for one. */
export const ContactPage = Type.Object({ items: Type.Array(DemoContact) });
export const DealPage = Type.Object({ items: Type.Array(DemoDeal) });
export const ActivityPage = Type.Object({ items: Type.Array(DemoActivity) });

/** The most that one page may hold. */
export const PAGE_LIMIT = 1_000;
