/** A look at one extension's message store: everything that came or changed since the last look is kept for the ledger. */

import { TrunklineError } from "../sdk/errors.ts";
import type { FollowedMailbox } from "../store/followed-mailboxes.ts";
import type { RecordedStore } from "../store/recorded.ts";
import { createLooking, type Looking } from "./looking.ts";
import { FURTHEST_BACK_MS, LOOK_EVERY_MS, type ReadingDependencies } from "./reading-calls.ts";
import { messageOf } from "./recorded-message.ts";

/** RingCentral allows fifty such requests a minute for each login ("Light"): fewer than half of them go to looks without an event. */
const MAILBOXES_PER_ROUND = 100;

export interface MessageReadingDependencies extends Pick<
  ReadingDependencies,
  "accesses" | "logs" | "mailboxes" | "onUnforeseen" | "ringCentral"
> {
  recordedMessages: RecordedStore;
}

export function createMessageReading(dependencies: MessageReadingDependencies): Looking {
  const { accesses, logs, mailboxes, onUnforeseen, recordedMessages, ringCentral } = dependencies;

  async function read(mailbox: FollowedMailbox): Promise<void> {
    const { followedLogId, extensionId, syncToken, caughtUpTo } = mailbox;
    const followed = await logs.get(followedLogId);
    if (followed === undefined) return;
    const { rcAccount } = followed.account;
    const { messages } = ringCentral.as(accesses.of({ rcAccount, extensionId: followed.extensionId }));
    const since = Math.max(caughtUpTo, Date.now() - FURTHEST_BACK_MS);
    const caughtUp = await messages.catchUp(extensionId, { token: syncToken, since }).catch((thrown: unknown) => {
      throw withRemedy(thrown);
    });
    for await (const record of caughtUp.records) {
      const message = record.creationTime < mailbox.since ? undefined : messageOf(record);
      if (message === undefined) continue;
      await recordedMessages.keep([{ followedLogId, id: message.id, content: { extensionId, message } }]);
    }
    await mailboxes.caughtUp(mailbox, caughtUp.token, caughtUp.upTo);
  }

  return createLooking<FollowedMailbox>({
    claim: mailboxes.claim,
    renewLease: mailboxes.renewLease,
    read,
    async pauseAfter({ followedLogId }) {
      const { length } = await mailboxes.extensionsOf(followedLogId);
      return LOOK_EVERY_MS * Math.ceil(length / MAILBOXES_PER_ROUND);
    },
    looked: mailboxes.looked,
    onUnforeseen,
  });
}

/** RingCentral's own words do not say whose messages, nor what to do. */
function withRemedy(thrown: unknown): unknown {
  if (!(thrown instanceof TrunklineError) || thrown.code !== "ringcentral-forbids") return thrown;
  return new TrunklineError(
    thrown.code,
    "RingCentral does not let this login read the texts, voicemails and faxes of everybody. Give its role that permission, and the app the permission Read Messages; or let each person switch on logging of their own.",
    thrown.facts,
  );
}
