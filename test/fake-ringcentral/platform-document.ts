/** RingCentral's API document, cut down to what the fake serves, and its event bodies as if they were answers. */

import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { openVendorDocument, type VendorDocument } from "../fake-crms/support/vendor-document.ts";

const ACCOUNT = "/restapi/v1.0/account/{accountId}";
const EXTENSION = `${ACCOUNT}/extension/{extensionId}`;

const SERVED = new Set([
  "/restapi/oauth/token",
  "/restapi/oauth/revoke",
  `${ACCOUNT}/extension`,
  EXTENSION,
  `${ACCOUNT}/call-log`,
  `${ACCOUNT}/call-log-sync`,
  `${EXTENSION}/call-log`,
  `${EXTENSION}/call-log-sync`,
  `${EXTENSION}/message-store`,
  `${EXTENSION}/message-store/{messageId}`,
  `${EXTENSION}/message-store/{messageId}/content/{attachmentId}`,
  `${EXTENSION}/message-sync`,
  `${ACCOUNT}/recording/{recordingId}/content`,
  "/restapi/v1.0/subscription",
  "/restapi/v1.0/subscription/{subscriptionId}",
  "/restapi/v1.0/subscription/{subscriptionId}/renew",
]);

/** The schemas of the events that the fake delivers, by the address under which they are looked up. */
const EVENTS: Readonly<Record<string, string>> = {
  "/event/account-telephony-sessions": "AccountTelephonySessionsEvent",
  "/event/extension-telephony-sessions": "ExtensionTelephonySessionsEvent",
  "/event/message-store": "MessageEvent",
  "/event/incoming-text": "InstantMessageEvent",
};

export type EventName =
  "account-telephony-sessions" | "extension-telephony-sessions" | "message-store" | "incoming-text";

export interface PlatformDocument extends VendorDocument {
  problemsOfEvent(name: EventName, event: JsonObject): string[];
}

/** Opened once for all fakes of a process. Undefined where the vendors' documents are absent and need not be there. */
export const PLATFORM_DOCUMENT: PlatformDocument | undefined = await openPlatformDocument();

async function openPlatformDocument(): Promise<PlatformDocument | undefined> {
  const document = await openVendorDocument({
    file: "ringcentral/ringcentral-platform.openapi.json",
    basePath: "/",
    isItsOwn: (path) => path.startsWith("/restapi/") || path.startsWith("/event/"),
    repair,
  });
  return (
    document && {
      ...document,
      problemsOfEvent: (name, event) =>
        document.problemsOfAnswer({ method: "POST", path: `/event/${name}` }, 200, event) ?? [],
    }
  );
}

function repair(document: JsonObject): void {
  const paths = document["paths"];
  if (!isJsonObject(paths)) throw new Error("RingCentral's document holds no paths.");
  for (const path of Object.keys(paths)) if (!SERVED.has(path)) delete paths[path];
  for (const [path, schema] of Object.entries(EVENTS)) {
    const content = { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
    paths[path] = { post: { operationId: schema, responses: { "200": { description: "", content } } } };
  }
  const { parameters, schemas } = objectIn(document["components"]);
  // It allows a subscription's id twenty characters, where its own example is a UUID of thirty-six.
  delete objectIn(objectIn(objectIn(parameters)["SubscriptionId"])["schema"])["maxLength"];
  // What is sent to change a subscription is a part of what is sent to make one: closed, it would refuse the rest.
  objectIn(objectIn(schemas)["UpdateSubscriptionRequest"])["additionalProperties"] = true;
  // It wants to hear of every message, a text as well, who else received the voicemail.
  const { allOf: ofOneMessage } = objectIn(objectIn(schemas)["GetSingleMessageInfoResponse"]);
  for (const part of Array.isArray(ofOneMessage) ? ofOneMessage : []) delete objectIn(part)["required"];
  // A number where a word could be as well ("max"), and a list of ids where one is meant: the validator does not read those.
  const perPage = objectIn(objectIn(parameters)["PerPageWithMax"]);
  delete perPage["explode"];
  perPage["schema"] = { type: "integer", minimum: 1, maximum: 1000 };
  const { parameters: ofMessage } = objectIn(paths[`${EXTENSION}/message-store/{messageId}`]);
  const inPath: unknown[] = Array.isArray(ofMessage) ? ofMessage : [];
  objectIn(inPath.find((one) => isJsonObject(one) && one["name"] === "messageId"))["schema"] = { type: "string" };
}

function objectIn(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error("RingCentral's document is not what it was.");
  return value;
}
