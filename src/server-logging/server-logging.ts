/** Logging without a browser, assembled: calls are read from RingCentral's own log and brought into the ledger. */

import type { KnownHolder } from "../core/admin/administrators.ts";
import { readEvent } from "../ringcentral/events.ts";
import { isVerified, trialToken } from "../ringcentral/webhook.ts";
import type { FollowedLogStore } from "../store/followed-logs.ts";
import { createLogins, type Logins, type LoginsDependencies } from "./logins.ts";
import { createLogging, type LoggingDependencies } from "./logging.ts";
import { createListening } from "./listening.ts";
import { createReading, type ReadingDependencies } from "./reading.ts";
import { createRingCentralAccesses, type RingCentralAccesses } from "./ringcentral-access.ts";
import { createSwitching, type Switching, type SwitchingDependencies } from "./switching.ts";
import { type ServerLoggingWorker, type ServerLoggingWorkerDependencies, startServerLoggingWorker } from "./worker.ts";
import { createWhoseCall, type WhoseCallDependencies } from "./whose-call.ts";

/** Under our own address. */
const SERVER_LOGGING = "/server-logging";
/** Records appear in the log some time after a call has ended. */
const LIVELY_MS = 3 * 60 * 1000;
/** A party's last states. */
const OVER = new Set(["Disconnected", "Gone"]);

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
    Omit<LoggingDependencies, "whoseCall">,
    WhoseCallDependencies,
    Omit<LoginsDependencies, "login" | "store" | "redirectUri">,
    Omit<ReadingDependencies, "accesses" | "listen">,
    Pick<SwitchingDependencies, "logins" | "userOf">,
    Pick<ServerLoggingWorkerDependencies, "onGivenUp"> {
  logs: FollowedLogStore;
  holderOf(accessToken: string): Promise<KnownHolder>;
  /** Our own address; empty while it is not known. */
  serverUrl(): string;
}

export function createServerLogging(dependencies: ServerLoggingDependencies): ServerLogging {
  const { ringCentral, logins: store, logs, serverUrl } = dependencies;
  const { login } = ringCentral;
  const listeners = new Set<() => void>();
  const accesses = createRingCentralAccesses({ logins: store, login });
  const listen = createListening({
    logs,
    webhookOf: (id) => (serverUrl() === "" ? undefined : `${serverUrl()}${SERVER_LOGGING}/events?for=${id}`),
  });
  const reading = createReading({ ...dependencies, accesses, listen });
  const log = createLogging({ ...dependencies, whoseCall: createWhoseCall(dependencies) });

  return {
    logins: createLogins({
      ...dependencies,
      login,
      store,
      redirectUri: () => `${serverUrl()}${SERVER_LOGGING}/oauth/callback`,
    }),
    accesses,
    switching: createSwitching({ ...dependencies, accesses, reading }),

    trialToken,

    async takeEvent(followedLogId, headers, sent) {
      const followed = await logs.get(followedLogId);
      const verification = followed && logs.verificationOf(followed);
      if (verification === undefined || !isVerified(headers, verification)) return false;
      const event = readEvent(sent);
      const isOver = event?.kind === "telephony-session" && event.parties.some(({ status }) => OVER.has(status ?? ""));
      if (!isOver) return true;
      await logs.news(followedLogId, Date.now() + LIVELY_MS);
      for (const wake of listeners) wake();
      return true;
    },

    startWorker: () =>
      startServerLoggingWorker({
        ...dependencies,
        reading,
        log,
        onWake(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      }),
  };
}
