/** What a scenario is, and the first steps that most of them share. */

import type { Connector } from "../sdk/connector.ts";
import { expect, until } from "./expectations.ts";
import type { Stage } from "./stage.ts";

/** The functions that a connector may leave out. */
export type OptionalFunction = {
  [Name in keyof Connector]-?: undefined extends Connector[Name] ? Name : never;
}[keyof Connector];

export interface Scenario {
  area:
    "login" | "look-up" | "new contact" | "call" | "update" | "disposition" | "messages" | "appointments" | "session";
  /** What the person at the phone may rely on. */
  name: string;
  /** Left out for a connector that lacks one of these. */
  needs?: readonly OptionalFunction[];
  /** Left out for a connector that logs in otherwise. */
  access?: "apiKey" | "oauth";
  /** Throws a `Disappointment`, or `NotOffered`. */
  play(stage: Stage): Promise<void>;
}

/** Somebody in the CRM whom the user talks to. */
export interface Person {
  id: string;
  type: string;
  name: string;
  phone: string;
}

export const SOMEBODY = { name: "Robin Conformance", phone: "+16505550199" };

export async function personIn({ crm }: Stage, somebody: { name: string; phone: string }): Promise<Person> {
  return { id: await crm.addContact(somebody), type: crm.contactType ?? "Contact", ...somebody };
}

/** A user who is logged in, and somebody to log calls for. */
export async function withSomebody(stage: Stage, somebody = SOMEBODY): Promise<Person> {
  await stage.logIn();
  return personIn(stage, somebody);
}

/** The one record that a session, or a conversation, must have in the end. */
export async function onlyRecord({ crm }: Stage) {
  const [record, ...others] = await crm.records();
  expect(record !== undefined, "Nothing stands in the CRM.");
  expect(others.length === 0, `There are ${others.length + 1} records in the CRM where there must be one.`);
  return record;
}

/** Waits until a session has left Trunkline's own keeping, and checks that it stands in the CRM once. */
export async function writtenOnce(stage: Stage, sessionId: string) {
  const logId = await until(`session ${sessionId} stood in the CRM`, async () => {
    expect(stage.unforeseen.length === 0, "The connector threw something that is no TrunklineError.");
    const call = await stage.phone.loadCall(sessionId);
    return call.matched && call.logId !== "" && !call.logId.startsWith("pending-") ? call.logId : undefined;
  });
  const record = await onlyRecord(stage);
  expect(record.id === logId, `The client was told the id ${logId}, but the record's is ${record.id}.`);
  return record;
}
