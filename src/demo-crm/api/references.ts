/** Refuses an activity or a note that points at a contact or deal which does not exist. */

import { badRequest } from "../refusals.ts";
import type { Records } from "../store/records.ts";

export function checkReferences(
  { contacts, deals }: Pick<Records, "contacts" | "deals">,
  { contactId, dealId }: { contactId?: string; dealId?: string | null },
): void {
  if (contactId !== undefined && !contacts.get(contactId)) {
    throw badRequest(`contactId names no contact: there is none with the id ${contactId}.`);
  }
  if (typeof dealId === "string" && !deals.get(dealId)) {
    throw badRequest(`dealId names no deal: there is none with the id ${dealId}.`);
  }
}
