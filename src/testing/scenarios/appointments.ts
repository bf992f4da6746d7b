/** Appointments: in the calendar as they were posted, once, changed in what was changed, and gone when they are called off. */

import type { CrmAppointment } from "../crm-under-test.ts";
import { expect, expectSame, NotOffered } from "../expectations.ts";
import { type OptionalFunction, type Person, type Scenario, withSomebody } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { type Answer, at, listAt, textAt } from "../wire.ts";

const TITLE = "Signing at Smith & Sons #3";
const SUMMARY = "Bring <both> copies.";
/** At midday in UTC, so that it is the same day nearly everywhere. */
const DAY = "2031-03-05";
const STARTS_AT = Date.parse(`${DAY}T12:00:00Z`);
const MINUTES = 45;

export const APPOINTMENT_SCENARIOS: readonly Scenario[] = [
  scenario(
    "an appointment stands in the calendar as it was posted, and is shown",
    ["listAppointments"],
    async (stage, person) => {
      const id = await stage.measure("create an appointment", () => created(stage, person));
      const { title, startsAt, durationMinutes, contactIds } = await onlyAppointment(stage);
      expectSame(
        { title, startsAt, durationMinutes, contactIds },
        { title: TITLE, startsAt: STARTS_AT, durationMinutes: MINUTES, contactIds: [person.id] },
        "The appointment in the CRM",
      );
      const [shown, ...others] = await stage.measure("list appointments", () => listed(stage));
      expectSame([others.length, textAt(shown, "id")], [0, id], "What is listed");
      expectShown(shown, { description: SUMMARY, startsAt: STARTS_AT, contactId: person.id });
    },
  ),
  scenario("an appointment that the CRM does not accept is refused in words", [], async (stage, person) => {
    stage.between.setFaults({ on: "createAppointment", kind: "refused" });
    const answer = await post(stage, person);
    expectSame(at(answer.body, "successful"), false, "successful");
    expect(textAt(answer.body, "returnMessage", "message") !== "", "The client has nothing to show.");
    expectSame((await standing(stage)).length, 0, "The number of appointments");
  }),
  scenario(
    "the same appointment posted twice, also at the same time, is there once",
    ["findAppointments"],
    async (stage, person) => {
      const [first, second] = await Promise.all([created(stage, person), created(stage, person)]);
      expectSame([second, await created(stage, person)], [first, first], "The ids that were answered");
      await onlyAppointment(stage);
    },
  ),
  scenario(
    "an appointment whose creation was not answered is there once",
    ["findAppointments"],
    async (stage, person) => {
      stage.between.setFaults({ on: "createAppointment", kind: "answer cut", times: 1 });
      await post(stage, person);
      const id = await created(stage, person);
      expectSame((await onlyAppointment(stage)).id, id, "The id of the appointment");
    },
  ),
  scenario(
    "a change of one thing leaves the others as they were",
    ["updateAppointment", "refreshAppointment"],
    async (stage, person) => {
      const id = await created(stage, person);
      const later = new Date(STARTS_AT + 3_600_000).toISOString();
      const changes = [{ title: "Moved" }, { startTimeUtc: later, durationMinutes: MINUTES }];
      for (const patch of changes) {
        const answer = await stage.measure("change an appointment", () =>
          stage.phone.ask("PATCH", `/appointments/${encodeURIComponent(id)}`, { body: { patch } }),
        );
        expect(at(answer.body, "successful") === true, `A change was answered with ${answer.text}`);
      }
      const { title, startsAt, durationMinutes } = await onlyAppointment(stage);
      const expected = { title: "Moved", startsAt: Date.parse(later), durationMinutes: MINUTES };
      expectSame({ title, startsAt, durationMinutes }, expected, "The appointment in the CRM");
      const shown = await stage.phone.ask("GET", `/appointments/${encodeURIComponent(id)}/refresh`);
      const { startsAt: moved } = expected;
      expectShown(at(shown.body, "appointment"), { description: SUMMARY, startsAt: moved, contactId: person.id });
    },
  ),
  scenario(
    "an appointment that is called off stands in the calendar no more",
    ["cancelAppointment"],
    async (stage, person) => {
      const id = await created(stage, person);
      const answer = await stage.measure("call an appointment off", () =>
        stage.phone.ask("POST", `/appointments/${encodeURIComponent(id)}/cancel`),
      );
      expect(at(answer.body, "successful") === true, `Calling off was answered with ${answer.text}`);
      expectSame((await standing(stage)).length, 0, "The number of appointments");
    },
  ),
];

function scenario(
  name: string,
  needs: readonly OptionalFunction[],
  play: (stage: Stage, person: Person) => Promise<void>,
): Scenario {
  return {
    area: "appointments",
    name,
    needs: ["createAppointment", ...needs],
    async play(stage) {
      if (stage.crm.appointments === undefined) throw new NotOffered("the fake CRM shows no calendar (appointments)");
      await play(stage, await withSomebody(stage));
    },
  };
}

function post({ phone }: Stage, { id, type }: Person): Promise<Answer> {
  const startTimeUtc = new Date(STARTS_AT).toISOString();
  const times = { startTimeUtc, durationMinutes: MINUTES };
  const payload = { title: TITLE, summary: SUMMARY, ...times, contacts: [{ id, type }] };
  return phone.ask("POST", "/appointments", { body: { payload } });
}

async function created(stage: Stage, person: Person): Promise<string> {
  const answer = await post(stage, person);
  const id = textAt(answer.body, "appointmentId");
  expect(at(answer.body, "successful") === true && id !== "", `An appointment was answered with ${answer.text}`);
  return id;
}

/** The day before and after as well: which day it is depends on where the user is. */
async function listed({ phone }: Stage): Promise<readonly unknown[]> {
  const query = { startDate: "2031-03-04", endDate: "2031-03-06" };
  return listAt((await phone.ask("GET", "/appointments", { query })).body, "appointments");
}

async function standing({ crm }: Stage): Promise<readonly CrmAppointment[]> {
  return (await crm.appointments?.()) ?? [];
}

async function onlyAppointment(stage: Stage): Promise<CrmAppointment> {
  const [appointment, ...others] = await standing(stage);
  expect(appointment !== undefined, "Nothing stands in the calendar.");
  expect(others.length === 0, `There are ${others.length + 1} appointments where there must be one.`);
  return appointment;
}

function expectShown(
  shown: unknown,
  { startsAt, ...texts }: { startsAt: number; description: string; contactId: string },
) {
  for (const [name, text] of Object.entries(texts)) expectSame(textAt(shown, name), text, name);
  expectSame(Date.parse(textAt(shown, "startTimeUtc")), startsAt, "startTimeUtc");
  expectSame(at(shown, "durationMinutes"), MINUTES, "durationMinutes");
}
