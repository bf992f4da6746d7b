/** Keeps RingCentral telling us of calls and messages: one subscription for each followed log, renewed early and made anew once it is lost. */

import { randomBytes } from "node:crypto";
import { ACCOUNT_TELEPHONY_SESSIONS, messageStoreOf, telephonySessionsOf } from "../ringcentral/event-filters.ts";
import type { Subscription, Subscriptions } from "../ringcentral/subscriptions.ts";
import { TrunklineError } from "../sdk/errors.ts";
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
  const checked = new Map<string, { at: number; asked: string }>();

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
    const change = (filters: readonly string[]) =>
      subscriptions.change(renewed.id, { eventFilters: filters, expiresInSeconds: LIFETIME_S });
    return orOfCallsAlone(eventFilters, change);
  }

  return async (followed, mailboxes, subscriptions) => {
    const { id, scope } = followed;
    const address = webhookOf(id);
    const ofCalls = scope === "account" ? ACCOUNT_TELEPHONY_SESSIONS : telephonySessionsOf(scope);
    const eventFilters = [ofCalls, ...mailboxes.map(messageStoreOf)];
    const before = checked.get(id);
    const asked = eventFilters.toSorted().join();
    const isRecent = before !== undefined && before.asked === asked && before.at + CHECK_EVERY_MS > Date.now();
    if (address === undefined || isRecent) return;
    const stands = await standing(followed, { address, eventFilters }, subscriptions);
    if (stands !== undefined) {
      await logs.subscribed(id, { id: stands.id, until: stands.expiresAt });
    } else {
      const verificationToken = randomBytes(32).toString("base64url");
      // Before it is used: its first event may arrive before the answer.
      await logs.expect(followed, verificationToken);
      const made = await orOfCallsAlone(eventFilters, (filters) =>
        subscriptions.create({ eventFilters: filters, address, verificationToken, expiresInSeconds: LIFETIME_S }),
      );
      await logs.subscribed(id, { id: made.id, until: made.expiresAt });
    }
    checked.set(id, { at: Date.now(), asked });
  };
}

/** An app that may not read messages is still told of calls: the first filter is theirs. */
async function orOfCallsAlone<Made>(
  filters: readonly string[],
  subscribe: (filters: readonly string[]) => Promise<Made>,
): Promise<Made> {
  try {
    return await subscribe(filters);
  } catch (thrown) {
    const isForbidden = thrown instanceof TrunklineError && thrown.code === "ringcentral-forbids";
    if (!isForbidden || filters.length === 1) throw thrown;
    return subscribe(filters.slice(0, 1));
  }
}

/** What RingCentral refuses to tell us of was asked for as well, and is not asked for again. It answers with the account's real id. */
function asksFor({ disabledFilters, eventFilters }: Subscription, wanted: readonly string[]): boolean {
  const asked = [...eventFilters, ...disabledFilters.map(({ filter }) => filter)];
  const plain = new Set(asked.map((filter) => filter.replace(/\/account\/\w+\//, "/account/~/")));
  return plain.size === wanted.length && wanted.every((filter) => plain.has(filter));
}
