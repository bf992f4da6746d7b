/** Switching logging without a browser on and off, for a whole company or for one's own calls. */

import type { KnownHolder } from "../core/admin/administrators.ts";
import { notConnected } from "../core/credentials.ts";
import { parsePhoneNumber } from "../core/phone-number.ts";
import type { RingCentral } from "../ringcentral/ringcentral.ts";
import { badInput, TrunklineError } from "../sdk/errors.ts";
import type { FollowedLog, FollowedLogStore } from "../store/followed-logs.ts";
import type { LoginKey, RingCentralLoginStore } from "../store/ringcentral-logins.ts";
import type { FollowedMailboxStore } from "../store/followed-mailboxes.ts";
import type { StoredUser, UserStore } from "../store/users.ts";
import type { Looking } from "./looking.ts";
import type { RingCentralAccesses } from "./ringcentral-access.ts";

export type Level = "Account" | "User";

export interface SwitchedOn {
  level: Level;
  doNotLogNumbers: readonly string[];
  /** Why the log, or somebody's messages, could not be read the last time. */
  problem: string | undefined;
}

export interface WantedLogging {
  /** The session in the CRM of whoever switches it on. */
  crmToken: string;
  platform: string | undefined;
  level: Level;
  assignsOwners: boolean;
}

export interface Switching {
  state(login: LoginKey): Promise<SwitchedOn | undefined>;
  /** Answers what keeps it from working for the moment. What cannot work at all is thrown, and nothing is switched on. */
  on(login: LoginKey, wanted: WantedLogging): Promise<string | undefined>;
  off(login: LoginKey): Promise<void>;
  /** Another session in the CRM for what this login switched on. */
  replaceCrmToken(login: LoginKey, crmToken: string): Promise<void>;
  doNotLog(login: LoginKey, numbers: readonly string[]): Promise<void>;
}

export interface SwitchingDependencies {
  ringCentral: RingCentral;
  accesses: RingCentralAccesses;
  holderOf(accessToken: string): Promise<KnownHolder>;
  logs: FollowedLogStore;
  mailboxes: FollowedMailboxStore;
  logins: RingCentralLoginStore;
  users: Pick<UserStore, "nameAccount" | "accountChanged">;
  callReading: Looking;
  messageReading: Looking;
  userOf(crmToken: string): Promise<StoredUser | undefined>;
}

export function createSwitching(dependencies: SwitchingDependencies): Switching {
  const { ringCentral, accesses, holderOf, logs, mailboxes, logins, users, callReading, messageReading } = dependencies;

  async function connectedUser(crmToken: string): Promise<StoredUser> {
    const user = await dependencies.userOf(crmToken);
    if (user?.connected !== true) throw notConnected();
    return user;
  }

  async function mustAdminister(login: LoginKey): Promise<void> {
    const { isAdministrator } = await holderOf(await accesses.of(login).accessToken());
    if (isAdministrator) return;
    throw new TrunklineError("ringcentral-forbids", "Only an administrator of your RingCentral account may do this.");
  }

  /** Whoever logs in here is of this account on RingCentral's word, whatever their client has named. */
  async function nameAccount(user: StoredUser, { rcAccount }: FollowedLog["account"]): Promise<void> {
    if (user.rcAccount !== rcAccount) await users.nameAccount(user.id, rcAccount);
  }

  async function switchedOn(login: LoginKey): Promise<FollowedLog[]> {
    const own = await logs.ofLogin(login);
    if (own.length > 0) return own;
    throw badInput("X-Access-Token", "belongs to somebody who has not switched logging on: please do that first");
  }

  async function unsubscribe({ account, extensionId, subscriptionId }: FollowedLog): Promise<void> {
    if (subscriptionId === undefined) return;
    const credentials = accesses.of({ rcAccount: account.rcAccount, extensionId });
    // What we no longer know is refused at our door; RingCentral then gives up by itself.
    await ringCentral
      .as(credentials)
      .subscriptions.delete(subscriptionId)
      .catch(() => undefined);
  }

  return {
    async state(login) {
      const [own] = await logs.ofLogin(login);
      const [followed] = own === undefined ? await logs.ofAccount(login.rcAccount) : [own];
      if (followed === undefined) return undefined;
      const ofMailboxes = Map.groupBy(await mailboxes.problemsOf(followed.id), ({ problem }) => problem);
      const problems = [
        ...(followed.lastError === undefined ? [] : [followed.lastError]),
        ...[...ofMailboxes].map(([problem, ofWhom]) => `${messagesOf(ofWhom)}: ${problem}`),
      ];
      return {
        level: followed.scope === "account" ? "Account" : "User",
        doNotLogNumbers: followed.doNotLog,
        problem: problems.length === 0 ? undefined : problems.join(" "),
      };
    },

    async on(login, { crmToken, platform, level, assignsOwners }) {
      const user = await connectedUser(crmToken);
      if (platform !== undefined && platform !== user.platform) {
        throw badInput("crmPlatform", `must be ${user.platform}, the CRM that crmToken belongs to`);
      }
      if (level === "Account") await mustAdminister(login);
      const account = { rcAccount: login.rcAccount, platform: user.platform, tenant: user.tenant };
      const scope = level === "Account" ? "account" : login.extensionId;
      const { extensionId } = login;
      await nameAccount(user, account);
      const followed = await logs.follow({ account, scope, extensionId, userId: user.id, assignsOwners });
      await users.accountChanged(account);
      const failure = await callReading.lookAt(followed.id);
      const worksAlready = followed.syncToken !== undefined;
      if (failure?.retry === "never" && !worksAlready) {
        await logs.abandon(followed);
        await users.accountChanged(account);
        throw failure;
      }
      const ofMessages = await messageReading.lookAt(followed.id);
      return failure?.userMessage ?? ofMessages?.userMessage;
    },

    async off(login) {
      const own = await logs.ofLogin(login);
      for (const followed of own) {
        await unsubscribe(followed);
        await logs.remove(followed.id);
      }
      await logins.remove(login);
    },

    async replaceCrmToken(login, crmToken) {
      const user = await connectedUser(crmToken);
      const fitting = (await switchedOn(login)).filter(
        ({ account }) => account.platform === user.platform && account.tenant === user.tenant,
      );
      if (fitting.length === 0) throw badInput("crmToken", "belongs to another CRM than logging was switched on for");
      for (const followed of fitting) {
        await nameAccount(user, followed.account);
        await logs.logAs(followed, user.id);
        await users.accountChanged(followed.account);
      }
    },

    async doNotLog(login, numbers) {
      if (numbers.some((number) => parsePhoneNumber(number) === undefined)) {
        throw badInput("doNotLogNumbers", "must be telephone numbers, such as +16505551212");
      }
      for (const { id } of await switchedOn(login)) await logs.doNotLog(id, numbers);
    },
  };
}

function messagesOf(extensions: readonly { extensionId: string }[]): string {
  const [first] = extensions;
  return extensions.length === 1
    ? `Messages of extension ${first?.extensionId}`
    : `Messages of ${extensions.length} extensions`;
}
