/** Appointments in the CRM's own calendar: nothing of them is kept here. */

import type { Appointment, AppointmentRange, AppointmentToCreate, AppointmentToUpdate } from "../sdk/appointments.ts";
import { asTrunklineError, badInput, TrunklineError } from "../sdk/errors.ts";
import type { StoredUser } from "../store/users.ts";
import { dayOf, daysLater, startOfDay } from "./calendar-days.ts";
import type { CrmReacher } from "./crm-reach.ts";
import type { CrmReach } from "./ledger/record-writer.ts";

/** What is listed where no days are named: today and the weeks after it. */
const DAYS_AHEAD = 30;
/** More than any calendar shows at once. */
const MOST_DAYS = 366;

/** As clients write them, such as "2026-11-24"; the last day belongs to them. */
export interface Days {
  startDate: string;
  endDate: string;
}

/** An appointment, where the connector shows it, and the CRM's name. */
export interface Done<Shown = Appointment> {
  appointment: Shown;
  crmName: string;
}

/** Every function throws `unsupported` where the connector has no counterpart. */
export interface Appointments {
  /** Days of the user's own time zone. */
  list(user: StoredUser, days: Days | undefined): Promise<Appointment[]>;
  create(user: StoredUser, appointment: AppointmentToCreate): Promise<Done>;
  update(user: StoredUser, change: AppointmentToUpdate): Promise<Done>;
  refresh(user: StoredUser, id: string): Promise<Done>;
  confirm(user: StoredUser, id: string): Promise<Done<Appointment | undefined>>;
  cancel(user: StoredUser, id: string): Promise<Done<Appointment | undefined>>;
}

export function createAppointments({ reacher }: { reacher: CrmReacher }): Appointments {
  return {
    async list(user, days) {
      const reach = reacher.of(user);
      const found = await able(reach, "listAppointments").listAppointments(reach, rangeOf(days, user.timeZone));
      return found.toSorted((one, other) => (one.startsAt ?? 0) - (other.startsAt ?? 0));
    },

    async create(user, appointment) {
      const reach = reacher.of(user);
      const create = able(reach, "createAppointment");
      try {
        return doneBy(reach, await create.createAppointment(reach, appointment));
      } catch (thrown) {
        const failure = asTrunklineError(thrown);
        if (failure.retry !== "reconcile") throw failure;
        // Nothing marks an appointment as ours, so only a person can tell whether it is there.
        const look = "It may be in your calendar all the same: please look there before you try again.";
        throw new TrunklineError("crm-rejected", `${failure.userMessage} ${look}`, { cause: failure });
      }
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
      return doneBy(reach, await able(reach, "confirmAppointment").confirmAppointment(reach, { id }));
    },

    async cancel(user, id) {
      const reach = reacher.of(user);
      return doneBy(reach, await able(reach, "cancelAppointment").cancelAppointment(reach, { id }));
    },
  };
}

type Connector = CrmReach["connector"];
type Ability = Extract<keyof Connector, `${string}Appointment${"" | "s"}`>;
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
