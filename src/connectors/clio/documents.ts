/** Faxes and pictures as documents of a matter, or of the contact where no matter was chosen. */

import type { CrmContext, DocumentToUpload } from "../../sdk/connector.ts";
import { path } from "../../sdk/crm-http.ts";
import { matterIn } from "./matters.ts";
import { DocumentBegun, Written } from "./schemas.ts";
import { clioId } from "./wire-values.ts";

/**
 * Cost: 2 requests to Clio and 1 to the storage whose signed address Clio hands out. A document is not shown before it
 * is marked as uploaded, so what breaks off in between leaves nothing half in the matter ("Documents", API reference v4).
 */
export async function uploadDocument({ crm }: CrmContext, document: DocumentToUpload): Promise<void> {
  const matter = matterIn(document.submission);
  const parent = matter ? { ...matter, type: "Matter" } : { id: clioId(document.contact.id), type: "Contact" };
  const { data: begun } = await crm.post("/api/v4/documents.json", {
    query: { fields: "id,latest_document_version{uuid,put_url,put_headers}" },
    json: { data: { name: document.name, content_type: document.contentType, parent } },
    as: DocumentBegun,
  });
  const { uuid, put_url: address, put_headers: wanted } = begun.latest_document_version;
  // The signature covers these headers: any other set is refused.
  const headers = Object.fromEntries((wanted ?? []).map(({ name, value }) => [name, value]));
  await crm.upload(address, { bytes: document.bytes, headers });
  await crm.patch(path`/api/v4/documents/${begun.id}.json`, {
    query: { fields: "id,latest_document_version{fully_uploaded}" },
    json: { data: { uuid, fully_uploaded: true } },
    as: Written,
  });
}
