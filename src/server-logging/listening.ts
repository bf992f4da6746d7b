/** Keeps RingCentral telling us of calls and messages: one subscription for each followed log, renewed early and made anew once it is lost. */

import { randomBytes } from "node:crypto";
import { ACCOUNT_TELEPHONY_SESSIONS, messageStoreOf, telephonySessionsOf } from "../ringcentral/event-filters.ts";
import type { Subscription, Subscriptions } from "../ringcentral/subscriptions.ts";
import type { FollowedLog, FollowedLogStore } from "../store/followed-logs.ts";

const LIFETIME_S = 7 * 24 * 60 * 60;
/** RingCentral stops after ten minutes of bad answers: asked this often, it is noticed in time. */
const CHECK_EVERY_MS = 5 * 60 * 1000;

export interface ListeningDependencies {
  logs: FollowedLogStore;
  /** Where events of a followed log are to be sent; undefined while it is not known under which address we can be reached. */
  webhookOf(id: string): string | undefined;
}

/**
 * Makes sure that events arrive, also those of these extensions' message stores. Cost: one request where they do, none within
 * five minutes of the last.
 */
export type Listen = (
  followed: FollowedLog,
  mailboxes: readonly string[],
  subscriptions: Subscriptions,
) => Promise<void>;

export function createListening({ logs, webhookOf }: ListeningDependencies): Listen {
  /** A start makes sure once, whatever another process has found before. */
  const checked = new Map<string, { at: number; filters: string }>();

  /** The subscription as it stands now; undefined where a new one is due. */
  async function standing(
    { subscriptionId }: FollowedLog,
    { address, eventFilters }: { address: string; eventFilters: readonly string[] },
    subscriptions: Subscriptions,
  ): Promise<Subscription | undefined> {
    if (subscriptionId === undefined) return undefined;
    const renewed = await subscriptions.renew(subscriptionId);
    if (renewed === undefined) return undefined;
    if (!renewed.isActive || renewed.address !== address) {
      await subscriptions.delete(renewed.id);
      return undefined;
    }
    if (asksFor(renewed, eventFilters)) return renewed;
    return subscriptions.change(renewed.id, { eventFilters, expiresInSeconds: LIFETIME_S });
  }

  return async (followed, mailboxes, subscriptions) => {
    const { id, scope } = followed;
    const address = webhookOf(id);
    const eventFilters = [
      scope === "account" ? ACCOUNT_TELEPHONY_SESSIONS : telephonySessionsOf(scope),
      ...mailboxes.map(messageStoreOf),
    ];
    const before = checked.get(id);
    const filters = eventFilters.toSorted().join();
    const isRecent = before !== undefined && before.filters === filters && before.at + CHECK_EVERY_MS > Date.now();
    if (address === undefined || isRecent) return;
    const stands = await standing(followed, { address, eventFilters }, subscriptions);
    if (stands !== undefined) {
      await logs.subscribed(id, { id: stands.id, until: stands.expiresAt });
    } else {
      const verificationToken = randomBytes(32).toString("base64url");
      // Before it is used: its first event may arrive before the answer.
      await logs.expect(followed, verificationToken);
      const made = await subscriptions.create({
        eventFilters,
        address,
        verificationToken,
        expiresInSeconds: LIFETIME_S,
      });
      await logs.subscribed(id, { id: made.id, until: made.expiresAt });
    }
    checked.set(id, { at: Date.now(), filters });
  };
}

/** What RingCentral refuses to tell us of was asked for as well, and is not asked for again. It answers with the account's real id. */
function asksFor({ disabledFilters, eventFilters }: Subscription, wanted: readonly string[]): boolean {
  const asked = [...eventFilters, ...disabledFilters.map(({ filter }) => filter)];
  const plain = new Set(asked.map((filter) => filter.replace(/\/account\/\w+\//, "/account/~/")));
  return plain.size === wanted.length && wanted.every((filter) => plain.has(filter));
}
