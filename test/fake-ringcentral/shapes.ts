/** Records of a fake RingCentral as its answers show them. */

import type { JsonObject } from "../../src/store/json.ts";
import type { FakeCall, FakeExtension, FakeMessage, Outsider, RingCentralState } from "./state.ts";

const ROOT = "/restapi/v1.0/account";

export function accountAnswer(id: number, origin: string): JsonObject {
  return { id: String(id), uri: `${origin}${ROOT}/${id}` };
}

export function extensionAnswer(extension: FakeExtension, origin: string): JsonObject {
  const { id, accountId, extensionNumber, firstName, lastName, email, phoneNumber, type, status } = extension;
  const { department, site } = extension;
  return {
    id,
    uri: `${origin}${ROOT}/${accountId}/extension/${id}`,
    extensionNumber,
    name: nameOf(extension),
    type,
    status,
    contact: {
      firstName,
      lastName,
      businessPhone: phoneNumber,
      ...(email === undefined ? {} : { email }),
      ...(department === undefined ? {} : { department }),
    },
    ...(site === undefined ? {} : { site: { id: site, name: site } }),
    permissions: {
      admin: { enabled: extension.isAdministrator },
      internationalCalling: { enabled: false },
    },
  };
}

export function callAnswer(call: FakeCall, view: string, { state, origin }: ShapeContext): JsonObject {
  const [first, ...others] = call.extensionIds.map((id) => extensionWith(id, state));
  if (first === undefined) throw new Error(`Nobody took part in ${call.id}.`);
  const part = (extension: FakeExtension, result = call.result) => ({
    extension: { id: extension.id, uri: `${origin}${ROOT}/${call.accountId}/extension/${extension.id}` },
    telephonySessionId: call.telephonySessionId,
    type: "Voice",
    direction: call.direction,
    action: call.direction === "Inbound" ? "Phone Call" : "VoIP Call",
    result,
    startTime: new Date(call.startTime).toISOString(),
    duration: call.durationSeconds,
    durationMs: call.durationSeconds * 1000,
    ...sidesOf(call.direction, insiderOf(extension), call.outsider),
    ...recordingOf(call, origin),
  });
  const legs = [first, ...others].map((extension, at) => ({
    ...part(extension, call.legResults?.[at]),
    legType: at === 0 ? "Accept" : "TransferCall",
    master: at === 0,
  }));
  return {
    uri: `${origin}${ROOT}/${call.accountId}/call-log/${call.id}`,
    id: call.id,
    sessionId: call.sessionId,
    ...part(first),
    ...(view === "Detailed" ? { legs } : {}),
  };
}

export function messageAnswer(message: FakeMessage, { state, origin }: ShapeContext): JsonObject {
  const extension = extensionWith(message.extensionId, state);
  const uri = `${origin}${ROOT}/${extension.accountId}/extension/${extension.id}/message-store/${message.id}`;
  const own = { phoneNumber: extension.phoneNumber, name: nameOf(extension) };
  const isGroup = message.others.length > 0;
  const { from, to } = sidesOf(message.direction, isGroup ? { ...own, target: true } : own, message.outsider);
  const { conversationId } = message;
  return {
    id: message.id,
    uri,
    extensionId: String(extension.id),
    type: message.type,
    direction: message.direction,
    creationTime: new Date(message.creationTime).toISOString(),
    lastModifiedTime: new Date(message.lastModifiedTime).toISOString(),
    from: message.direction === "Outbound" ? own : from,
    to: [to, ...message.others.map(outsiderOf)],
    readStatus: "Unread",
    priority: "Normal",
    availability: message.availability,
    messageStatus: message.messageStatus,
    attachments: message.attachments.map(({ id, type, contentType, fileName }) => ({
      id,
      uri: `${uri}/content/${id}`,
      type,
      contentType,
      ...(fileName === undefined ? {} : { fileName }),
    })),
    ...(message.text === undefined ? {} : { subject: message.text }),
    ...(message.faxPageCount === undefined ? {} : { faxPageCount: message.faxPageCount }),
    // The number is rounded by whoever reads it as one; the text beside it is exact.
    ...(conversationId === undefined
      ? {}
      : { conversationId: Number(conversationId), conversation: { id: conversationId } }),
  };
}

interface ShapeContext {
  state: RingCentralState;
  origin: string;
}

export function nameOf({ firstName, lastName }: FakeExtension): string {
  return `${firstName} ${lastName}`;
}

function extensionWith(id: number, state: RingCentralState): FakeExtension {
  const found = state.extensions.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no extension ${id}.`);
  return found;
}

function insiderOf(extension: FakeExtension): JsonObject {
  return { phoneNumber: extension.phoneNumber, extensionId: String(extension.id), name: nameOf(extension) };
}

function outsiderOf({ phoneNumber, name, extensionId }: Outsider): JsonObject {
  return {
    phoneNumber,
    ...(name === undefined ? {} : { name }),
    ...(extensionId === undefined ? {} : { extensionId: String(extensionId) }),
  };
}

function sidesOf(direction: "Inbound" | "Outbound", insider: JsonObject, far: Outsider) {
  const outsider = outsiderOf(far);
  return direction === "Inbound" ? { from: outsider, to: insider } : { from: insider, to: outsider };
}

function recordingOf({ accountId, recordingId }: FakeCall, origin: string): JsonObject {
  if (recordingId === undefined) return {};
  const uri = `${origin}${ROOT}/${accountId}/recording/${recordingId}`;
  return { recording: { id: recordingId, uri, type: "Automatic", contentUri: `${uri}/content` } };
}
