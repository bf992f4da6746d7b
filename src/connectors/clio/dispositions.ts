/** Which matter a call belongs to and whether it is billed, as chosen after it was logged. */

import type { CallDisposition, CrmContext } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { changeOwedEntry } from "./communications.ts";
import { matterIn } from "./matters.ts";
import { CommunicationShown } from "./schemas.ts";
import { billingIn, changeTimeEntry } from "./time-entries.ts";
import { clioId } from "./wire-values.ts";

/**
 * Cost: 1 request, none where nothing was chosen; 1 more where the billing was changed, which the answer to the first one
 * tells, or where another matter was chosen before: its time entry follows unless it is billed already. A matter cannot be
 * taken away again, for Clio does not accept null for it.
 */
export async function upsertCallDisposition(context: CrmContext, log: CallDisposition): Promise<void> {
  const { logId, submission, previous } = log;
  const matter = matterIn(submission);
  const billing = billingIn(submission);
  if (matter === undefined && billing === undefined) return;
  const address = path`/api/v4/communications/${clioId(logId)}.json`;
  const options = {
    query: { fields: "id,external_properties{id,name,value},time_entries{id,non_billable,billed}" },
    as: CommunicationShown,
  };
  const { data: communication } =
    matter === undefined
      ? await context.crm.get(address, options)
      : await context.crm.patch(address, { ...options, json: { data: { matter } } });
  const before = matterIn(previous);
  const moves = matter !== undefined && before !== undefined && before.id !== matter.id;
  const entries = communication.time_entries ?? [];
  const nonBillable = billing === undefined ? undefined : billing === "non-billable";
  const isWrong = (entry: (typeof entries)[number]) =>
    moves || (nonBillable !== undefined && (entry.non_billable ?? false) !== nonBillable);
  await Promise.all([
    entries.length === 0 && billing !== undefined && changeOwedEntry(context, communication, billing),
    ...entries
      .filter((entry) => entry.billed !== true && isWrong(entry))
      .map(({ id }) => changeTimeEntry(context, id, { non_billable: nonBillable, matter })),
  ]);
}
