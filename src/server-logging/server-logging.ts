/** Logging without a browser, assembled: what is in RingCentral's own logs and message stores is brought into the ledger. */

import type { KnownHolder } from "../core/admin/administrators.ts";
import type { Contacts } from "../core/contacts.ts";
import { readEvent } from "../ringcentral/events.ts";
import { isVerified, trialToken } from "../ringcentral/webhook.ts";
import type { FollowedLogStore } from "../store/followed-logs.ts";
import type { FollowedMailboxStore } from "../store/followed-mailboxes.ts";
import type { Recorded, RecordedStore } from "../store/recorded.ts";
import type { UserStore } from "../store/users.ts";
import { type BringingDependencies, createBringing } from "./bringing.ts";
import { createCarrying } from "./carrying.ts";
import { createSoleContact } from "./known-numbers.ts";
import { createListening } from "./listening.ts";
import { type CallLoggingDependencies, createCallLogging } from "./logging-calls.ts";
import { createMessageLogging, type MessageLoggingDependencies } from "./logging-messages.ts";
import { createLogins, type Logins, type LoginsDependencies } from "./logins.ts";
import { createCallReading, type ReadingDependencies } from "./reading-calls.ts";
import { createMessageReading } from "./reading-messages.ts";
import { readCall } from "./recorded-call.ts";
import { readOnItsWay } from "./recorded-message.ts";
import { createRingCentralAccesses, type RingCentralAccesses } from "./ringcentral-access.ts";
import { createSwitching, type Switching, type SwitchingDependencies } from "./switching.ts";
import { createWhose, type WhoseDependencies } from "./whose.ts";
import { type ServerLoggingWorker, startServerLoggingWorker } from "./worker.ts";

/** Under our own address. */
const SERVER_LOGGING = "/server-logging";
/** Records appear in the log some time after a call has ended. */
const LIVELY_MS = 3 * 60 * 1000;
/** A party's last states. */
const OVER = new Set(["Disconnected", "Gone"]);
const CALLS_AT_ONCE = 8;
/** Those of one conversation are one write; all are done within a claim. */
const MESSAGES_AT_ONCE = 24;

type EventHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface ServerLogging {
  logins: Logins;
  /** For whoever else reads with these logins: a token is renewed once for all of them. */
  accesses: RingCentralAccesses;
  switching: Switching;
  /** What to answer to the trial before a subscription stands; undefined where this is none. */
  trialToken(headers: EventHeaders): string | undefined;
  /** Makes an event durable. False where it is not RingCentral's, or for nothing that is followed. */
  takeEvent(followedLogId: string, headers: EventHeaders, event: unknown): Promise<boolean>;
  startWorker(): ServerLoggingWorker;
}

export interface ServerLoggingDependencies
  extends
    Omit<CallLoggingDependencies, "whose" | "soleContact">,
    Omit<MessageLoggingDependencies, "whose" | "soleContact">,
    Omit<WhoseDependencies, "users">,
    Omit<LoginsDependencies, "login" | "store" | "redirectUri">,
    Omit<ReadingDependencies, "accesses" | "listen">,
    Pick<SwitchingDependencies, "logins" | "userOf">,
    Pick<BringingDependencies, "onGivenUp"> {
  contacts: Contacts;
  users: UserStore;
  logs: FollowedLogStore;
  mailboxes: FollowedMailboxStore;
  recordedCalls: RecordedStore;
  holderOf(accessToken: string): Promise<KnownHolder>;
  /** Our own address; empty while it is not known. */
  serverUrl(): string;
}

export function createServerLogging(dependencies: ServerLoggingDependencies): ServerLogging {
  const { ringCentral, logins: store, logs, mailboxes, serverUrl } = dependencies;
  const { login } = ringCentral;
  const listeners = new Set<() => void>();
  const accesses = createRingCentralAccesses({ logins: store, login });
  const listen = createListening({
    logs,
    webhookOf: (id) => (serverUrl() === "" ? undefined : `${serverUrl()}${SERVER_LOGGING}/events?for=${id}`),
  });
  const callReading = createCallReading({ ...dependencies, accesses, listen });
  const messageReading = createMessageReading({ ...dependencies, accesses });
  const wake = () => {
    for (const listener of listeners) listener();
  };

  return {
    logins: createLogins({
      ...dependencies,
      login,
      store,
      redirectUri: () => `${serverUrl()}${SERVER_LOGGING}/oauth/callback`,
    }),
    accesses,
    switching: createSwitching({ ...dependencies, accesses, callReading, messageReading }),

    trialToken,

    async takeEvent(followedLogId, headers, sent) {
      const followed = await logs.get(followedLogId);
      const verification = followed && logs.verificationOf(followed);
      if (verification === undefined || !isVerified(headers, verification)) return false;
      const event = readEvent(sent);
      if (event?.kind === "message-store") {
        await mailboxes.news({ followedLogId, extensionId: event.extensionId });
        wake();
      }
      if (event?.kind === "telephony-session" && event.parties.some(({ status }) => OVER.has(status ?? ""))) {
        await logs.news(followedLogId, Date.now() + LIVELY_MS);
        wake();
      }
      return true;
    },

    startWorker: () =>
      startServerLoggingWorker({
        ...dependencies,
        steps: [callReading.lookAtDue, messageReading.lookAtDue, ...bringingSteps(dependencies, accesses)],
        async allDue() {
          await logs.allDue();
          await mailboxes.allDue();
        },
        onWake(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      }),
  };
}

function bringingSteps(dependencies: ServerLoggingDependencies, accesses: ReadingDependencies["accesses"]) {
  const { recordedCalls, recordedMessages } = dependencies;
  const logging = {
    ...dependencies,
    whose: createWhose(dependencies),
    soleContact: createSoleContact(dependencies),
  };
  const logCall = createCallLogging(logging);
  const logMessages = createMessageLogging(logging);
  const carry = createCarrying({ ...dependencies, accesses });
  return [
    createBringing({
      ...dependencies,
      what: "call",
      claimed: CALLS_AT_ONCE,
      recorded: recordedCalls,
      keyOf: keyOfOne,
      async log(followed, together) {
        const outcomes = await Promise.all(together.map((one) => logCall(followed, one.id, readCall(one.read()))));
        return outcomes.includes("undecided") ? "undecided" : "done";
      },
    }),
    createBringing({
      ...dependencies,
      what: "message",
      claimed: MESSAGES_AT_ONCE,
      recorded: recordedMessages,
      keyOf: keyOfConversation,
      async log(followed, together) {
        const contents = together.map((one) => readOnItsWay(one.read()));
        for (const content of contents) if ("document" in content) await carry(followed, content.document);
        const messages = contents.flatMap((content) => ("message" in content ? [content.message] : []));
        const extensionId = contents.flatMap((content) => ("message" in content ? [content.extensionId] : []))[0];
        return extensionId === undefined ? "done" : logMessages(followed, extensionId, messages);
      },
    }),
  ];
}

function keyOfOne({ followedLogId, id }: Recorded): string {
  return JSON.stringify([followedLogId, id]);
}

/** A document goes alone, and so does what cannot be opened. */
function keyOfConversation(one: Recorded): string {
  try {
    const content = readOnItsWay(one.read());
    if ("document" in content) return keyOfOne(one);
    return JSON.stringify([one.followedLogId, content.extensionId, content.message.conversationId, "conversation"]);
  } catch {
    return keyOfOne(one);
  }
}
