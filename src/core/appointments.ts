/** Appointments in the CRM's own calendar: nothing of them is kept here. */

import { createHash } from "node:crypto";
import type {
  Appointment,
  AppointmentAct,
  AppointmentRange,
  AppointmentToCreate,
  AppointmentToUpdate,
} from "../sdk/appointments.ts";
import { asTrunklineError, badInput, TrunklineError } from "../sdk/errors.ts";
import type { StoredUser } from "../store/users.ts";
import { dayOf, daysLater, startOfDay } from "./calendar-days.ts";
import type { CrmReacher } from "./crm-reach.ts";
import type { CrmReach } from "./ledger/record-writer.ts";
import { sharing } from "./sharing.ts";

/** What is listed where no days are named: today and the weeks after it. */
const DAYS_AHEAD = 30;
/** More than any calendar shows at once. */
const MOST_DAYS = 366;

/** As clients write them, such as "2026-11-24"; the last day belongs to them. */
export interface Days {
  startDate: string;
  endDate: string;
}

/** What a client asks for. */
export type NewAppointment = Omit<AppointmentToCreate, "marker">;

/** An appointment, where the connector shows it, and the CRM's name. */
export interface Done<Shown = Appointment> {
  appointment: Shown;
  crmName: string;
  /** The connector's own sentence, where what was done is not what the word says. */
  said?: string | undefined;
}

/** Every function throws `unsupported` where the connector has no counterpart. */
export interface Appointments {
  /** Days of the user's own time zone. */
  list(user: StoredUser, days: Days | undefined): Promise<Appointment[]>;
  /**
   * Posting the same appointment again answers with the one that is there, where the connector can find it; also where the
   * answer to the first was lost. What was called off or moved since is no longer the same.
   */
  create(user: StoredUser, appointment: NewAppointment): Promise<Done>;
  update(user: StoredUser, change: AppointmentToUpdate): Promise<Done>;
  refresh(user: StoredUser, id: string): Promise<Done>;
  confirm(user: StoredUser, id: string): Promise<Done<Appointment | undefined>>;
  cancel(user: StoredUser, id: string): Promise<Done<Appointment | undefined>>;
}

export function createAppointments({ reacher }: { reacher: CrmReacher }): Appointments {
  const creating = new Map<string, Promise<Appointment>>();
  /** Until when the CRM may still be at work on a creation whose answer was lost, by marker. */
  const doubtful = new Map<string, number>();

  /** Nothing is created unless a look has shown that it is not there, and that nothing of it is still on its way. */
  async function createOnce(reach: CrmReach, wanted: AppointmentToCreate): Promise<Appointment> {
    const { createAppointment } = able(reach, "createAppointment");
    const already = await present(reach, wanted);
    if (already !== undefined) return already;
    const { marker } = wanted;
    if ((doubtful.get(marker) ?? 0) > Date.now()) throw mayStillArrive(reach);
    try {
      return await createAppointment(reach, wanted);
    } catch (thrown) {
      const failure = asTrunklineError(thrown);
      if (failure.retry !== "reconcile") throw failure;
      if (reach.connector.findAppointments === undefined) throw onlyAPersonCanTell(failure);
      const found = await present(reach, wanted).catch(() => undefined);
      if (found !== undefined) return found;
      for (const [other, until] of doubtful) if (until < Date.now()) doubtful.delete(other);
      doubtful.set(marker, Date.now() + (failure.facts.atWorkMs ?? 0));
      throw mayStillArrive(reach, failure);
    }
  }

  return {
    async list(user, days) {
      const reach = reacher.of(user);
      const found = await able(reach, "listAppointments").listAppointments(reach, rangeOf(days, user.timeZone));
      return found.toSorted((one, other) => (one.startsAt ?? 0) - (other.startsAt ?? 0));
    },

    async create(user, wanted) {
      const reach = reacher.of(user);
      const marked = { ...wanted, marker: markerOf(user, wanted) };
      return doneBy(reach, await sharing(creating, marked.marker, () => createOnce(reach, marked)));
    },

    async update(user, change) {
      const reach = reacher.of(user);
      return doneBy(reach, await able(reach, "updateAppointment").updateAppointment(reach, change));
    },

    async refresh(user, id) {
      const reach = reacher.of(user);
      return doneBy(reach, await able(reach, "refreshAppointment").refreshAppointment(reach, { id }));
    },

    async confirm(user, id) {
      const reach = reacher.of(user);
      return actedBy(reach, await able(reach, "confirmAppointment").confirmAppointment(reach, { id }));
    },

    async cancel(user, id) {
      const reach = reacher.of(user);
      return actedBy(reach, await able(reach, "cancelAppointment").cancelAppointment(reach, { id }));
    },
  };
}

type Connector = CrmReach["connector"];
type Ability = Extract<keyof Connector, `${string}Appointment` | "listAppointments">;
type Able<Name extends Ability> = Connector & { [Present in Name]-?: NonNullable<Connector[Present]> };

function able<Name extends Ability>({ connector }: CrmReach, name: Name): Able<Name> {
  if (has(connector, name)) return connector;
  throw new TrunklineError("unsupported", `The connector for ${connector.displayName} ${LACKS[name]}.`);
}

function has<Name extends Ability>(connector: Connector, name: Name): connector is Able<Name> {
  return connector[name] !== undefined;
}

const LACKS: Readonly<Record<Ability, string>> = {
  listAppointments: "does not show appointments",
  createAppointment: "does not create appointments",
  updateAppointment: "does not change appointments",
  refreshAppointment: "does not show appointments",
  confirmAppointment: "does not confirm appointments",
  cancelAppointment: "does not cancel appointments",
};

function doneBy<Shown>({ connector }: CrmReach, appointment: Shown): Done<Shown> {
  return { appointment, crmName: connector.displayName };
}

function actedBy(reach: CrmReach, { appointment, said }: AppointmentAct): Done<Appointment | undefined> {
  return { ...doneBy(reach, appointment), said };
}

/** The same wish of the same person: a client that repeats a request says nothing else by which it could be known. */
function markerOf(user: StoredUser, { contacts, durationMinutes, startsAt, summary, title }: NewAppointment): string {
  const people = contacts.map(({ id }) => id).toSorted();
  const wish = JSON.stringify([user.id, title, summary, startsAt, durationMinutes, people]);
  return `trunkline:${createHash("sha256").update(wish).digest("hex").slice(0, 32)}`;
}

/** The one that stands there already; compared by the minute, which is as fine as calendars are. */
async function present(reach: CrmReach, { marker, startsAt }: AppointmentToCreate): Promise<Appointment | undefined> {
  const marked = await reach.connector.findAppointments?.(reach, { marker });
  return marked?.find((one) => one.startsAt !== undefined && minuteOf(one.startsAt) === minuteOf(startsAt));
}

function minuteOf(at: number): number {
  return Math.floor(at / 60_000);
}

function mayStillArrive({ connector }: CrmReach, cause?: TrunklineError): TrunklineError {
  const crm = connector.displayName;
  const sentence = `${crm} has not said whether the appointment is in your calendar. Please try again in a moment: it will not be put there twice.`;
  return new TrunklineError("crm-rejected", sentence, { cause });
}

function onlyAPersonCanTell(failure: TrunklineError): TrunklineError {
  const look = "It may be in your calendar all the same: please look there before you try again.";
  return new TrunklineError("crm-rejected", `${failure.userMessage} ${look}`, { cause: failure });
}

function rangeOf(days: Days | undefined, timeZone: string): AppointmentRange {
  const today = dayOf(Date.now(), timeZone);
  const { startDate, endDate } = days ?? { startDate: today, endDate: daysLater(today, DAYS_AHEAD) };
  const from = startOfDay(startDate, timeZone);
  const last = startOfDay(endDate, timeZone);
  if (from === undefined) throw badInput("startDate", "must be a day such as 2026-11-24");
  if (last === undefined) throw badInput("endDate", "must be a day such as 2026-11-24");
  if (last < from) throw badInput("endDate", "must not be before startDate");
  if (daysLater(startDate, MOST_DAYS) <= endDate) throw badInput("endDate", `must be within ${MOST_DAYS} days`);
  return { startDate, endDate, from, to: startOfDay(daysLater(endDate, 1), timeZone) ?? last };
}
