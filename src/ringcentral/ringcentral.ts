/** RingCentral, as far as Trunkline needs it: logging in, who holds a token, and what can be done with one. */

import type { Agent } from "undici";
import { type CallLog, createCallLog } from "./call-log.ts";
import { type ContentAddresses, createContentAddresses } from "./content-addresses.ts";
import { eachExtension, type Extension } from "./extensions.ts";
import { createIdentities, type RingCentralIdentity } from "./identities.ts";
import { createLogin, type RingCentralApp, type RingCentralLogin } from "./login.ts";
import { createMessageStore, type MessageStore } from "./message-store.ts";
import { type Caller, createPlatformHttp, type PlatformRequestEvent } from "./platform-http.ts";
import { createSubscriptions, type Subscriptions } from "./subscriptions.ts";

export const RINGCENTRAL_SERVER = "https://platform.ringcentral.com";

/** Whose token is used. RingCentral's limits are counted for each user. */
export interface RingCentralCredentials {
  /** One that is good by its own dates; RingCentral asks not to find out by a 401. */
  accessToken(): Promise<string>;
  /** Called once where it was refused all the same; undefined where there is no other. */
  renew?(refused: string): Promise<string | undefined>;
}

/** What the user of these credentials may do. */
export interface RingCentralSession {
  /** Of the whole account; those in use. */
  extensions(): AsyncIterable<Extension>;
  callLog: CallLog;
  messages: MessageStore;
  subscriptions: Subscriptions;
}

export interface RingCentral {
  login: RingCentralLogin;
  /** The account, the extension and whether it administers the account. Kept for a minute. */
  whoHolds(accessToken: string): Promise<RingCentralIdentity>;
  as(credentials: RingCentralCredentials): RingCentralSession;
  contents: ContentAddresses;
}

export interface RingCentralOptions {
  agent: Agent;
  /** The one origin that is ever talked to. */
  server: string;
  /** RINGCENTRAL_CLIENT_ID and RINGCENTRAL_CLIENT_SECRET; without them only `login` is missing. */
  app: RingCentralApp | undefined;
  observe: (event: PlatformRequestEvent) => void;
  /** Epoch milliseconds. */
  now?: () => number;
}

export function createRingCentral({ agent, server, app, observe, now = Date.now }: RingCentralOptions): RingCentral {
  const http = createPlatformHttp({ agent, server, now, observe });
  return {
    login: createLogin({ http, server, app, now }),
    whoHolds: createIdentities({ http, now }).whoHolds,
    as(credentials) {
      const caller = callerOf(credentials);
      return {
        extensions: () => eachExtension(http, caller),
        callLog: createCallLog(http, caller),
        messages: createMessageStore(http, caller),
        subscriptions: createSubscriptions(http, caller),
      };
    },
    contents: createContentAddresses(server),
  };
}

function callerOf({ accessToken, renew }: RingCentralCredentials): Caller {
  const bearer = "Bearer ";
  const authorization = async () => `${bearer}${await accessToken()}`;
  if (renew === undefined) return { authorization };
  return {
    authorization,
    async renew(refused) {
      const renewed = await renew(refused.slice(bearer.length));
      return renewed === undefined ? undefined : `${bearer}${renewed}`;
    },
  };
}
