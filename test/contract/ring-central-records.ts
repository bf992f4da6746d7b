/** RingCentral's call records and messages, generated from its published schemas, and what the extension makes of them. */

import * as fc from "fast-check";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import type { RingCentralDocument } from "./app-connect-document.ts";
import { LUKES_NUMBER } from "./calls.ts";

/** The RingCentral access token that every link of the extension carries; no CRM may ever see it. */
export const RC_TOKEN = "SURBMDFQMDlQQVMwMnxBQURWcmNhY2Nlc3N0b2tlbg";
const STORE = "https://media.ringcentral.com/restapi/v1.0/account/401/extension/402";

/** What real records hold where the schema allows anything: without it, "duration" could be longer than the universe is old. */
const REALISTIC: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  sessionId: fc.stringMatching(/^[1-9]\d{11}$/),
  telephonySessionId: fc.stringMatching(/^s-[0-9a-f]{24}z[0-9a-f]{12}$/),
  duration: fc.nat(36_000),
  phoneNumber: fc.constantFrom(LUKES_NUMBER, "+442079460958", "+16505550100", "+12065550142"),
  extensionNumber: fc.stringMatching(/^[1-9]\d{2,4}$/),
  contentUri: fc.nat().map((id) => `${STORE}/recording/${id}/content`),
  metadataCategories: fc.constant(["Note"]),
};

/** What fits a schema by its name: required members and those in `always` in every case, the others now and then. */
export function recordOf(
  document: RingCentralDocument,
  name: string,
  always: readonly string[] = [],
): fc.Arbitrary<JsonObject> {
  return anyOf(document, document.schema(name))
    .map((value) => (isJsonObject(value) ? value : {}))
    .filter((record) => always.every((key) => record[key] !== undefined));
}

function anyOf(document: RingCentralDocument, schema: JsonObject): fc.Arbitrary<unknown> {
  const { $ref: reference, allOf, enum: values, type, format } = schema;
  if (typeof reference === "string") return anyOf(document, document.schema(reference.replace(/^.*\//, "")));
  if (Array.isArray(allOf)) {
    const parts = allOf.filter(isJsonObject).map((part) => anyOf(document, part));
    return fc
      .tuple(...parts)
      .map((objects) => Object.fromEntries(objects.filter(isJsonObject).flatMap((one) => Object.entries(one))));
  }
  if (Array.isArray(values)) return fc.constantFrom(...values);
  switch (type) {
    case "object":
      return objectOf(document, schema);
    case "array":
      return fc.array(anyOf(document, isJsonObject(schema["items"]) ? schema["items"] : {}), { maxLength: 3 });
    case "boolean":
      return fc.boolean();
    case "integer":
      return format === "int32" ? fc.nat() : fc.maxSafeNat();
    case "number":
      return fc.double({ min: 0, max: 100, noNaN: true });
    default:
      return textOf(format);
  }
}

function objectOf(document: RingCentralDocument, { properties, required }: JsonObject): fc.Arbitrary<unknown> {
  const members = Object.entries(isJsonObject(properties) ? properties : {}).flatMap(([name, schema]) =>
    isJsonObject(schema) ? [[name, REALISTIC[name] ?? anyOf(document, schema)] as const] : [],
  );
  const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(members);
  const requiredKeys = Array.isArray(required) ? required.filter((key) => typeof key === "string") : [];
  return fc.record(model, { requiredKeys }).map((record) => ({ ...record }));
}

function textOf(format: unknown): fc.Arbitrary<string> {
  if (format === "uri") return fc.nat().map((id) => `${STORE}/call-log/${id}`);
  if (format === "date-time") {
    const [min, max] = [new Date("2020-01-01T00:00:00Z"), new Date("2030-01-01T00:00:00Z")];
    return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
  }
  return fc.string({ unit: "grapheme", maxLength: 40 });
}

/** The call as the extension posts it: time in milliseconds, a subject, and links that open because a token is in them. */
export function enrichedCall(record: JsonObject, pending: boolean): JsonObject {
  const { recording, startTime } = record;
  const enriched = { ...record, startTime: Date.parse(String(startTime)), customSubject: "Call from the extension" };
  if (pending) return { ...enriched, duration: "pending", recording: { link: "(pending...)" } };
  if (!isJsonObject(recording)) return enriched;
  const link = `https://ringcentral.github.io/ringcentral-media-reader/?media=${String(recording["contentUri"])}`;
  const downloadUrl = `${String(recording["contentUri"])}?accessToken=${RC_TOKEN}`;
  return { ...enriched, recording: { ...recording, link: `${link}&access_token=${RC_TOKEN}`, downloadUrl } };
}

/** A message as the extension posts it: the newest first among its kind, time in milliseconds. */
export function enrichedMessage(record: JsonObject): JsonObject {
  const { attachments, creationTime } = record;
  const linked = (Array.isArray(attachments) ? attachments : []).filter(isJsonObject).map((attachment) => ({
    ...attachment,
    link: `https://ringcentral.github.io/ringcentral-media-reader/?media=${STORE}/content&accessToken=${RC_TOKEN}`,
  }));
  return { ...record, creationTime: Date.parse(String(creationTime)), attachments: linked };
}
