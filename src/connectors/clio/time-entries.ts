/** Time entries: what a call or a conversation puts on the client's bill. */

import type { CrmContext, Submission } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { asTrunklineError, TrunklineError } from "../../sdk/errors.ts";
import type { OwedEntry } from "./communications.ts";
import { type TimeEntry, TimeEntryPage, Written } from "./schemas.ts";
import { type Billing, BILLING, callBilling, tickFrom, tracksCallTime } from "./settings.ts";
import { clioId, localDay } from "./wire-values.ts";

export interface EntryToWrite {
  communicationId: number;
  matter: { id: number } | undefined;
  seconds: number;
  at: number;
  note: string;
  billing: Billing;
  /** The colleague whose time it was; undefined: the user's own. */
  owner: string | undefined;
}

export interface EntryChange {
  note?: string | undefined;
  quantity?: number | undefined;
  date?: string | undefined;
  matter?: { id: number } | undefined;
  non_billable?: boolean | undefined;
}

/** Whether a call has a time entry, and of which kind. */
export function owedForCall(user: CrmContext["user"], submission: Submission): OwedEntry {
  if (!tracksCallTime(user) || tickFrom(submission["logTimeEntry"]) === false) return "none";
  return billingIn(submission) ?? callBilling(user);
}

/** What the form says about billing; older clients have a tick for "not billable" that is absent when it is not set. */
export function billingIn(submission: Submission): Billing | undefined {
  const chosen = BILLING.find((billing) => billing === submission["billableStatus"]);
  return chosen ?? (tickFrom(submission["nonBillable"]) === true ? "non-billable" : undefined);
}

/** Cost: 1 request. `quantity` is in seconds since API version 4.0.4; without an owner the entry belongs to the user who logs. */
export async function createTimeEntry({ crm, user }: CrmContext, entry: EntryToWrite): Promise<void> {
  await crm
    .post("/api/v4/activities.json", {
      query: { fields: "id" },
      json: {
        data: {
          type: "TimeEntry",
          date: localDay(entry.at, user),
          quantity: entry.seconds,
          note: entry.note,
          non_billable: entry.billing === "non-billable",
          communication: { id: entry.communicationId },
          matter: entry.matter,
          user: entry.owner === undefined ? undefined : { id: clioId(entry.owner) },
        },
      },
      as: Written,
    })
    .catch(explain);
}

/** Cost: 1 request. The first of several: what people add by hand comes after ours. */
export async function timeEntryOf({ crm }: CrmContext, communicationId: number): Promise<TimeEntry | undefined> {
  const page = await crm.get("/api/v4/activities.json", {
    query: { communication_id: communicationId, type: "TimeEntry", fields: "id,note,billed,matter{id}" },
    as: TimeEntryPage,
  });
  return page.data[0];
}

/** Cost: 1 request. */
export async function changeTimeEntry({ crm }: CrmContext, id: number, change: EntryChange): Promise<void> {
  await crm
    .patch(path`/api/v4/activities/${id}.json`, { query: { fields: "id" }, json: { data: change }, as: Written })
    .catch(explain);
}

/** The log itself may stand: the person must not think that it does not. */
function explain(thrown: unknown): never {
  const failure = asTrunklineError(thrown);
  throw new TrunklineError(failure.code, `The time entry was not saved: ${failure.userMessage}`, failure.facts);
}
