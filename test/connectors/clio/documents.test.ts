/** Faxes and pictures as documents in Clio. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { uploadDocument } from "../../../src/connectors/clio/documents.ts";
import type { DocumentToUpload } from "../../../src/sdk/connector.ts";
import { outOfOrder } from "../../fake-crms/clio/refusals.ts";
import { linesOf } from "../../fake-crms/support/recorded-request.ts";
import { connected, failureOf, theOnly } from "./connected.ts";

function faxFor(contact: { id: number }, changes: Partial<DocumentToUpload> = {}): DocumentToUpload {
  return {
    contact: { id: String(contact.id) },
    submission: {},
    name: "Fax from Luke & Co #1.pdf",
    contentType: "application/pdf",
    bytes: new TextEncoder().encode("%PDF-1.7 …"),
    ...changes,
  };
}

test("a document goes into the chosen matter: announced, stored without credentials, marked as uploaded", async (t) => {
  const { fake, luke, context } = await connected(t);
  const matter = fake.state.addMatter({ client: luke.id });
  await uploadDocument(context, faxFor(luke, { submission: { matters: String(matter.id) } }));
  const document = theOnly(fake.state.documents);
  assert.deepEqual(document.parent, { id: matter.id, type: "Matter" });
  assert.equal(document.name, "Fax from Luke & Co #1.pdf");
  assert.equal(document.bytes?.toString(), "%PDF-1.7 …");
  assert.equal(document.fully_uploaded, true);
  assert.deepEqual(linesOf(fake.requests), [
    "POST /api/v4/documents.json",
    `PATCH /api/v4/documents/${document.id}.json`,
  ]);
  assert.equal(fake.storage.requests.length, 1);
});

test("without a matter a document belongs to the contact", async (t) => {
  const { fake, luke, context } = await connected(t);
  await uploadDocument(context, faxFor(luke));
  assert.deepEqual(theOnly(fake.state.documents).parent, { id: luke.id, type: "Contact" });
});

test("a storage that refuses is a failure, and the document is not marked as uploaded", async (t) => {
  const { fake, luke, context } = await connected(t);
  fake.storage.faults.order(outOfOrder("PUT *", 403));
  await failureOf(uploadDocument(context, faxFor(luke)));
  assert.equal(theOnly(fake.state.documents).fully_uploaded, false);
});
