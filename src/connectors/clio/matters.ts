/** The matters of a contact: those they are the client of, and those they are related to. */

import type { CrmContext, FieldOption, Submission } from "../../sdk/connector.ts";
import { allPages } from "./pages.ts";
import { type Matter, MatterPage, PAGE_LIMIT, RelationshipPage } from "./schemas.ts";
import { seesClosedMatters } from "./settings.ts";

const MATTER_FIELDS = "id,display_number,description,status";
const ORDER = ["open", "pending", "closed"];

/** Cost: 2 lists, side by side; one request for each page of 200. */
export async function mattersOf({ crm, user }: CrmContext, contactId: number): Promise<FieldOption[]> {
  const [own, relationships] = await Promise.all([
    allPages({ client_id: contactId, fields: MATTER_FIELDS, limit: PAGE_LIMIT }, (query) =>
      crm.get("/api/v4/matters.json", { query, as: MatterPage }),
    ),
    allPages({ contact_id: contactId, fields: `id,matter{${MATTER_FIELDS}}`, limit: PAGE_LIMIT }, (query) =>
      crm.get("/api/v4/relationships.json", { query, as: RelationshipPage }),
    ),
  ]);
  const related = relationships.flatMap(({ matter }) => (matter ? [matter] : []));
  const distinct = new Map([...own, ...related].map((matter) => [matter.id, matter]));
  // The filter `status` would spare pages of own matters, but relationships know no such filter, and its list of several
  // states is described in the vendor's document in two ways that contradict each other.
  return [...distinct.values()]
    .filter((matter) => statusOf(matter) !== "closed" || seesClosedMatters(user))
    .toSorted((one, other) => ORDER.indexOf(statusOf(one)) - ORDER.indexOf(statusOf(other)))
    .map(optionFrom);
}

/** The matter that was chosen in the log form; a form's "none" is no matter. */
export function matterIn(submission: Submission): { id: number } | undefined {
  const { matters } = submission;
  const id = typeof matters === "string" || typeof matters === "number" ? Number(matters) : Number.NaN;
  return Number.isSafeInteger(id) && id > 0 ? { id } : undefined;
}

function optionFrom(matter: Matter): FieldOption {
  const description = [matter.status, matter.description].filter(Boolean).join(" - ");
  return {
    const: matter.id,
    title: matter.display_number ?? String(matter.id),
    ...(description ? { description } : {}),
  };
}

function statusOf({ status }: Matter): string {
  return status?.toLowerCase() ?? "open";
}
