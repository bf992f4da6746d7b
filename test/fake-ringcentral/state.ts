/** What a fake RingCentral holds: accounts with their extensions, calls and messages. Every change has a number. */

import { randomUUID } from "node:crypto";
import type { Clock } from "./clock.ts";

export interface FakeAccount {
  id: number;
  name: string;
}

export interface FakeExtension {
  id: number;
  accountId: number;
  extensionNumber: string;
  firstName: string;
  lastName: string;
  email: string | undefined;
  phoneNumber: string;
  type: "User" | "Department" | "IvrMenu" | "SharedLinesGroup";
  department: string | undefined;
  site: string | undefined;
  status: "Enabled" | "Disabled";
  isAdministrator: boolean;
  /** A role's scope: some administrators see the messages of others, some only their own. */
  seesMessagesOfOthers: boolean;
}

/** The far side: somebody who is not of the company, or a colleague. */
export interface Outsider {
  phoneNumber: string;
  name?: string | undefined;
  /** Of a colleague alone. */
  extensionId?: number | undefined;
}

export interface FakeCall {
  id: string;
  accountId: number;
  sessionId: string;
  telephonySessionId: string;
  /** Who took part, one after the other: a second one was transferred to. */
  extensionIds: number[];
  direction: "Inbound" | "Outbound";
  outsider: Outsider;
  startTime: number;
  durationSeconds: number;
  result: string;
  /** Of each who took part, where they differ from the call's. */
  legResults: readonly string[] | undefined;
  recordingId: string | undefined;
  revision: number;
}

export interface FakeAttachment {
  id: number;
  type: "Text" | "RenderedDocument" | "AudioRecording" | "MmsAttachment";
  contentType: string;
  fileName: string | undefined;
}

export interface FakeMessage {
  id: number;
  extensionId: number;
  type: "SMS" | "Fax" | "VoiceMail";
  direction: "Inbound" | "Outbound";
  outsider: Outsider;
  /** In a group: who takes part beside the outsider. */
  others: Outsider[];
  text: string | undefined;
  /** Too large for a JavaScript number, as RingCentral's are. */
  conversationId: string | undefined;
  creationTime: number;
  lastModifiedTime: number;
  faxPageCount: number | undefined;
  attachments: FakeAttachment[];
  messageStatus: "Queued" | "Sent" | "Delivered" | "SendingFailed" | "Received";
  availability: "Alive" | "Deleted";
  revision: number;
}

export interface RingCentralState {
  accounts: FakeAccount[];
  extensions: FakeExtension[];
  calls: FakeCall[];
  messages: FakeMessage[];
  /** Bytes of recordings and attachments, by the path at which they are fetched. */
  contents: Map<string, { bytes: Buffer; contentType: string }>;
  /** Counts the resets of logs: a token of an earlier count serves no more. */
  resets: number;
  addAccount(changes?: Partial<Omit<FakeAccount, "id">>): FakeAccount;
  addExtension(account: FakeAccount, changes?: Partial<Omit<FakeExtension, "id" | "accountId">>): FakeExtension;
  addCall(extension: FakeExtension, changes?: Partial<Omit<FakeCall, "id" | "accountId" | "revision">>): FakeCall;
  addMessage(
    extension: FakeExtension,
    changes?: Partial<Omit<FakeMessage, "id" | "extensionId" | "revision">>,
  ): FakeMessage;
  /** Changes a call or a message, so that the next incremental sync tells of it. */
  change<Kept extends FakeCall | FakeMessage>(kept: Kept, changes: Partial<Kept>): void;
  /** The last change's number. */
  revision(): number;
  nextId(): number;
}

export function createState(clock: Clock): RingCentralState {
  let lastId = 400_100_000;
  let revision = 0;
  const state: RingCentralState = {
    accounts: [],
    extensions: [],
    calls: [],
    messages: [],
    contents: new Map(),
    resets: 0,
    addAccount(changes = {}) {
      const account = { id: state.nextId(), name: "Acme Ltd", ...changes };
      state.accounts.push(account);
      return account;
    },
    addExtension(account, changes = {}) {
      const at = state.extensions.length + 1;
      const extension: FakeExtension = {
        id: state.nextId(),
        accountId: account.id,
        extensionNumber: String(100 + at),
        firstName: "Ann",
        lastName: `Agent ${at}`,
        email: `ann${at}@acme.example`,
        phoneNumber: `+1650555${String(1000 + at)}`,
        type: "User",
        department: undefined,
        site: undefined,
        status: "Enabled",
        isAdministrator: false,
        seesMessagesOfOthers: changes.isAdministrator === true,
        ...changes,
      };
      state.extensions.push(extension);
      return extension;
    },
    addCall(extension, changes = {}) {
      const id = state.nextId();
      const call: FakeCall = {
        id: `call-${id}`,
        accountId: extension.accountId,
        sessionId: String(id),
        telephonySessionId: `s-${randomUUID()}`,
        extensionIds: [extension.id],
        direction: "Inbound",
        outsider: { phoneNumber: "+16505551212" },
        startTime: clock.now(),
        durationSeconds: 60,
        result: "Accepted",
        legResults: undefined,
        recordingId: undefined,
        ...changes,
        revision: ++revision,
      };
      state.calls.push(call);
      return call;
    },
    addMessage(extension, changes = {}) {
      const id = state.nextId();
      const message: FakeMessage = {
        id,
        extensionId: extension.id,
        type: "SMS",
        direction: "Inbound",
        outsider: { phoneNumber: "+16505551212" },
        others: [],
        text: "Hello",
        conversationId: `8031152${id}839`,
        creationTime: clock.now(),
        lastModifiedTime: clock.now(),
        faxPageCount: undefined,
        attachments: [],
        messageStatus: changes.direction === "Outbound" ? "Sent" : "Received",
        availability: "Alive",
        ...changes,
        revision: ++revision,
      };
      state.messages.push(message);
      return message;
    },
    change(kept, changes) {
      Object.assign(kept, changes, { revision: ++revision });
    },
    revision: () => revision,
    nextId: () => ++lastId,
  };
  return state;
}
