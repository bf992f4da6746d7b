/** Clio's published document. */

import { openVendorDocument, type VendorDocument } from "../support/vendor-document.ts";

/** Opened once for every fake of a process: the document is large. */
export const CLIO_DOCUMENT: VendorDocument | undefined = await openVendorDocument({
  file: "clio/clio-manage-v4.openapi.json",
  basePath: "/api/v4",
});
