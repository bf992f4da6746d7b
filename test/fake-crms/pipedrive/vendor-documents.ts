/** Pipedrive's published documents, and the one place where their known faults are mended. */

import { isJsonObject, type JsonObject } from "../../../src/store/json.ts";
import { openVendorDocument, type VendorDocument } from "../support/vendor-document.ts";

const V1 = "pipedrive/pipedrive-v1.openapi.json";

/** Opened once for every fake of a test file: the documents are large. */
export const PIPEDRIVE_DOCUMENTS: readonly (VendorDocument | undefined)[] = await Promise.all([
  openVendorDocument({ file: "pipedrive/pipedrive-v2.openapi.json", basePath: "/api/v2", repair: forbidPersonId }),
  openVendorDocument({ file: V1, basePath: "/v1" }),
  // Listed with the API, served by another host at its root.
  openVendorDocument({ file: V1, basePath: "/", isItsOwn: (path) => path === "/oauth/token", repair: joinTokenGrants }),
]);

/** The document lists `person_id` of an activity as writable; the API refuses it as read-only. */
function forbidPersonId(document: JsonObject): void {
  for (const [path, method] of [
    ["/activities", "post"],
    ["/activities/{id}", "patch"],
  ] as const) {
    delete propertiesOf(document, path, method, "application/json")["person_id"];
  }
}

/** Refreshing stands under a second spelling of the same path, with a slash at its end. */
function joinTokenGrants(document: JsonObject): void {
  const form = "application/x-www-form-urlencoded";
  const refreshing = propertiesOf(document, "/oauth/token/", "post", form);
  Object.assign(propertiesOf(document, "/oauth/token", "post", form), {
    refresh_token: refreshing["refresh_token"],
  });
}

function propertiesOf(document: JsonObject, path: string, method: string, media: string): JsonObject {
  const way = ["paths", path, method, "requestBody", "content", media, "schema", "properties"];
  const found = way.reduce<unknown>((place, name) => (isJsonObject(place) ? place[name] : undefined), document);
  if (!isJsonObject(found)) throw new Error(`The document has no body for ${method} ${path}.`);
  return found;
}
