/** A look at a followed log: events are made sure of, then every call that changed since the last look is kept for the ledger. */

import type { Connectors } from "../core/connectors.ts";
import type { RingCentral } from "../ringcentral/ringcentral.ts";
import type { TrunklineError } from "../sdk/errors.ts";
import type { FollowedLog, FollowedLogStore } from "../store/followed-logs.ts";
import type { FollowedMailboxStore } from "../store/followed-mailboxes.ts";
import type { RecordedStore } from "../store/recorded.ts";
import type { UserMapping } from "../store/user-mappings.ts";
import type { Listen } from "./listening.ts";
import { createLooking, failureOf, type Looking } from "./looking.ts";
import { callOf } from "./recorded-call.ts";
import type { RingCentralAccesses } from "./ringcentral-access.ts";

/** However long we were away, no more is read than this. */
export const FURTHEST_BACK_MS = 30 * 24 * 60 * 60 * 1000;
/** Without an event, in case that one was lost. */
export const LOOK_EVERY_MS = 5 * 60 * 1000;
/** After an event, until the records must have appeared. */
const LIVELY_EVERY_MS = 15 * 1000;
const KEPT_AT_ONCE = 100;

export interface ReadingDependencies {
  ringCentral: RingCentral;
  connectors: Connectors;
  accesses: RingCentralAccesses;
  logs: FollowedLogStore;
  mailboxes: FollowedMailboxStore;
  recordedCalls: RecordedStore;
  listen: Listen;
  /** The administrator's mapping of users of the CRM to extensions. */
  mappings(account: FollowedLog["account"]): Promise<readonly UserMapping[]>;
  onUnforeseen(error: TrunklineError): void;
}

export function createCallReading(dependencies: ReadingDependencies): Looking {
  const { accesses, connectors, listen, logs, mailboxes, mappings, onUnforeseen, recordedCalls, ringCentral } =
    dependencies;

  /** Whose message stores are read: those of everybody who is somebody in the CRM, or one's own. */
  async function mailboxOwners({ account, scope }: FollowedLog): Promise<readonly string[]> {
    const logsMessages = connectors.byPlatform(account.platform).createMessageLog !== undefined;
    if (!logsMessages) return [];
    if (scope !== "account") return [scope];
    const extensions = (await mappings(account)).flatMap(({ rcExtensionIds }) => rcExtensionIds);
    return [...new Set(extensions)];
  }

  async function read(followed: FollowedLog): Promise<void> {
    const { id, account, extensionId, scope, syncToken, caughtUpTo, createdAt } = followed;
    const session = ringCentral.as(accesses.of({ rcAccount: account.rcAccount, extensionId }));
    const owners = await mailboxOwners(followed);
    // Whoever is mapped now was not when we looked the last time.
    await mailboxes.follow(id, owners, Math.max(caughtUpTo, createdAt));
    // Without events, the log is read all the same.
    const deaf = await failureOf(listen(followed, owners, session.subscriptions));
    const since = Math.max(caughtUpTo, Date.now() - FURTHEST_BACK_MS);
    const caughtUp = await session.callLog.catchUp(scope === "account" ? scope : { extensionId: scope }, {
      token: syncToken,
      since,
    });
    let batch: { followedLogId: string; id: string; content: unknown }[] = [];
    for await (const record of caughtUp.records) {
      const call = record.startTime < createdAt ? undefined : callOf(record);
      if (call === undefined) continue;
      batch.push({ followedLogId: id, id: record.sessionId, content: call });
      if (batch.length < KEPT_AT_ONCE) continue;
      await recordedCalls.keep(batch);
      batch = [];
    }
    await recordedCalls.keep(batch);
    await logs.caughtUp(id, caughtUp.token, caughtUp.upTo);
    if (deaf !== undefined) throw deaf;
  }

  return createLooking<FollowedLog>({
    claim: logs.claim,
    renewLease: ({ id }, until) => logs.renewLease(id, until),
    read,
    pauseAfter: ({ livelyUntil }) => (livelyUntil > Date.now() ? LIVELY_EVERY_MS : LOOK_EVERY_MS),
    looked: logs.looked,
    onUnforeseen,
  });
}
