/** What an activity is linked with: the person, and the deal, lead and organization that were chosen in the form. */

import type { LogContact, Submission } from "../../sdk/connector.ts";
import { TrunklineError } from "../../sdk/errors.ts";

/**
 * `person_id` is read-only whatever the document lists; the primary participant sets it ("API v2 migration guide", Activities).
 * Numbers must be numbers: v2 refuses digits in text.
 */
export function participantsFrom({ id }: Pick<LogContact, "id">) {
  return [{ person_id: personId(id), primary: true }];
}

/** The number of a person; nothing can be logged for anything else. */
export function personId(contactId: string): number {
  const id = idFrom(contactId);
  if (id === undefined) throw new TrunklineError("crm-rejected", "This contact is not a person in Pipedrive.");
  return id;
}

/** Only what was chosen: nothing is ever sent as null. A deal wins where both a deal and a lead were chosen. */
export function linksFrom({ deals, leads, organization }: Submission): {
  deal_id?: number;
  lead_id?: string;
  org_id?: number;
} {
  const dealId = idFrom(deals);
  const leadId = typeof leads === "string" && UUID.test(leads) ? leads : undefined;
  const organizationId = idFrom(organization);
  return {
    ...(dealId === undefined ? {} : { deal_id: dealId }),
    ...(dealId !== undefined || leadId === undefined ? {} : { lead_id: leadId }),
    ...(organizationId === undefined ? {} : { org_id: organizationId }),
  };
}

/** Forms send numbers or digits; "none" and "" mean that nothing was chosen. */
function idFrom(value: unknown): number | undefined {
  const id = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof id === "number" && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
