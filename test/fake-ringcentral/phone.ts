/** What people do at a fake RingCentral: they call, text, fax and leave voicemails. Whoever listens is told, then it is in the logs. */

import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../src/store/json.ts";
import type { Clock } from "./clock.ts";
import { messageAnswer, nameOf } from "./shapes.ts";
import type { FakeAttachment, FakeCall, FakeExtension, FakeMessage, Outsider, RingCentralState } from "./state.ts";
import type { FakeSubscriptions } from "./subscriptions.ts";

const ROOT = "/restapi/v1.0/account";

export interface CallWish {
  direction?: "Inbound" | "Outbound";
  with?: Outsider;
}

/** A call that goes on. */
export interface OngoingCall {
  sessionId: string;
  answer(): Promise<void>;
  /** Passes it on to a colleague, who has it from then on. */
  transfer(to: FakeExtension): Promise<void>;
  /** Ends it. It stands in the call log afterwards, as a missed one where nobody answered. */
  hangUp(end?: { afterSeconds?: number; recording?: Buffer }): Promise<FakeCall>;
}

export interface FakePhone {
  ring(extension: FakeExtension, wish?: CallWish): Promise<OngoingCall>;
  text(extension: FakeExtension, wish: TextWish): Promise<FakeMessage>;
  fax(extension: FakeExtension, wish: CallWish & { pages: number; document: Buffer }): Promise<FakeMessage>;
  voicemail(extension: FakeExtension, wish: { with?: Outsider; recording: Buffer }): Promise<FakeMessage>;
}

export interface TextWish extends CallWish {
  text: string;
  conversationId?: string;
  /** Epoch milliseconds; now unless said otherwise. */
  creationTime?: number;
  /** Who takes part beside the other side: a group. */
  others?: Outsider[];
  picture?: Buffer;
}

export interface PhoneOptions {
  state: RingCentralState;
  subscriptions: FakeSubscriptions;
  clock: Clock;
  origin(): string;
}

const STRANGER: Outsider = { phoneNumber: "+16505551212" };

export function createPhone({ state, subscriptions, clock, origin }: PhoneOptions): FakePhone {
  async function tellOfCall(extension: FakeExtension, body: JsonObject): Promise<void> {
    const { id, accountId } = extension;
    for (const path of [`${ROOT}/${accountId}`, `${ROOT}/${accountId}/extension/${id}`]) {
      await subscriptions.deliver({
        path: `${path}/telephony/sessions`,
        accountId,
        traits: {},
        body,
        namesOwner: true,
      });
    }
  }

  async function tellOfMessage(extension: FakeExtension, message: FakeMessage): Promise<void> {
    const { id, accountId } = extension;
    const store = `${ROOT}/${accountId}/extension/${id}/message-store`;
    const traits = { type: message.type, direction: message.direction };
    const change = { type: message.type, newCount: 1, updatedCount: 0, newMessageIds: [message.id] };
    const lastUpdated = new Date(message.lastModifiedTime).toISOString();
    const changes = { extensionId: String(id), lastUpdated, changes: [change], ownerId: String(id) };
    await subscriptions.deliver({ path: store, accountId, traits, body: changes, namesOwner: false });
    if (message.type !== "SMS" || message.direction !== "Inbound") return;
    const body = instantBody(messageAnswer(message, { state, origin: origin() }), String(id));
    await subscriptions.deliver({ path: `${store}/instant`, accountId, traits, body, namesOwner: false });
  }

  function keepContent(path: string, bytes: Buffer, contentType: string): void {
    state.contents.set(path, { bytes, contentType });
  }

  async function withAttachment(
    extension: FakeExtension,
    changes: Partial<FakeMessage>,
    { type, contentType, fileName }: Omit<FakeAttachment, "id">,
    bytes: Buffer,
  ): Promise<FakeMessage> {
    const attachment = { id: state.nextId(), type, contentType, fileName };
    const message = state.addMessage(extension, { ...changes, conversationId: undefined, attachments: [attachment] });
    keepContent(contentPath(extension, message, attachment), bytes, contentType);
    await tellOfMessage(extension, message);
    return message;
  }

  return {
    async ring(extension, { direction = "Inbound", with: outsider = STRANGER } = {}) {
      const sessionId = String(state.nextId());
      const telephonySessionId = `s-${randomUUID()}`;
      const startTime = clock.now();
      let sequence = 0;
      let answered = false;
      const parties = [extension];
      const tell = (code: string, missedCall = false, whose = extension) =>
        tellOfCall(whose, {
          sequence: ++sequence,
          sessionId,
          telephonySessionId,
          serverId: "10.0.0.1.TAM",
          eventTime: new Date(clock.now()).toISOString(),
          origin: { type: "Call" },
          parties: [partyOf(whose, direction, outsider, code, missedCall)],
        });
      await tell("Setup");
      await tell("Proceeding");
      return {
        sessionId,
        async answer() {
          answered = true;
          await tell("Answered");
        },
        async transfer(to) {
          await tell("Gone", false, parties.at(-1));
          parties.push(to);
          await tell("Answered", false, to);
        },
        async hangUp({ afterSeconds = 60, recording } = {}) {
          const recordingId = recording === undefined ? undefined : String(state.nextId());
          if (recording !== undefined) {
            keepContent(`${ROOT}/${extension.accountId}/recording/${recordingId}/content`, recording, "audio/mpeg");
          }
          const call = state.addCall(extension, {
            sessionId,
            telephonySessionId,
            extensionIds: parties.map(({ id }) => id),
            direction,
            outsider,
            startTime,
            durationSeconds: answered ? afterSeconds : 0,
            result: resultOf(direction, answered),
            recordingId,
          });
          await tell("Disconnected", !answered && direction === "Inbound", parties.at(-1));
          return call;
        },
      };
    },
    async text(extension, { direction = "Inbound", with: outsider = STRANGER, text, picture, ...wish }) {
      const attachment: FakeAttachment = {
        id: state.nextId(),
        type: "MmsAttachment",
        contentType: "image/png",
        fileName: "picture.png",
      };
      const attachments = picture === undefined ? [] : [attachment];
      const message = state.addMessage(extension, { direction, outsider, text, attachments, ...wish });
      if (picture !== undefined) keepContent(contentPath(extension, message, attachment), picture, "image/png");
      await tellOfMessage(extension, message);
      return message;
    },
    fax: (extension, { direction = "Inbound", with: outsider = STRANGER, pages, document }) =>
      withAttachment(
        extension,
        { type: "Fax", direction, outsider, text: undefined, faxPageCount: pages },
        { type: "RenderedDocument", contentType: "application/pdf", fileName: "fax.pdf" },
        document,
      ),
    voicemail: (extension, { with: outsider = STRANGER, recording }) =>
      withAttachment(
        extension,
        { type: "VoiceMail", direction: "Inbound", outsider, text: undefined },
        { type: "AudioRecording", contentType: "audio/mpeg", fileName: undefined },
        recording,
      ),
  };
}

/** For calls and texts between colleagues. */
export function colleague(extension: FakeExtension): Outsider {
  return { phoneNumber: extension.phoneNumber, name: nameOf(extension), extensionId: extension.id };
}

function contentPath({ accountId, id }: FakeExtension, message: FakeMessage, attachment: FakeAttachment): string {
  return `${ROOT}/${accountId}/extension/${id}/message-store/${message.id}/content/${attachment.id}`;
}

function resultOf(direction: "Inbound" | "Outbound", answered: boolean): string {
  if (answered) return direction === "Inbound" ? "Accepted" : "Call connected";
  return direction === "Inbound" ? "Missed" : "No Answer";
}

function partyOf(
  extension: FakeExtension,
  direction: "Inbound" | "Outbound",
  outsider: Outsider,
  code: string,
  missedCall: boolean,
): JsonObject {
  const insider = { phoneNumber: extension.phoneNumber, name: nameOf(extension), extensionId: String(extension.id) };
  const other = { phoneNumber: outsider.phoneNumber, ...(outsider.name === undefined ? {} : { name: outsider.name }) };
  return {
    accountId: String(extension.accountId),
    extensionId: String(extension.id),
    id: `p-${extension.id}`,
    direction,
    to: direction === "Inbound" ? insider : other,
    from: direction === "Inbound" ? other : insider,
    status: { code, rcc: false },
    missedCall,
    standAlone: false,
    muted: false,
  };
}

/** The event of a text names fewer things than the store, and its ids are text. */
function instantBody(message: JsonObject, ownerId: string): JsonObject {
  const { id, to, from, creationTime, lastModifiedTime, readStatus, priority, attachments, direction } = message;
  const { availability, subject, messageStatus, conversation } = message;
  return {
    id: String(id),
    to,
    from,
    type: "SMS",
    creationTime,
    lastModifiedTime,
    readStatus,
    priority,
    attachments,
    direction,
    availability,
    subject,
    messageStatus,
    conversation,
    ownerId,
  };
}
