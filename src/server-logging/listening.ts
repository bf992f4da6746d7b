/** Keeps RingCentral telling us of calls: one subscription for each followed log, renewed early and made anew once it is lost. */

import { randomBytes } from "node:crypto";
import { ACCOUNT_TELEPHONY_SESSIONS, telephonySessionsOf } from "../ringcentral/event-filters.ts";
import type { Subscriptions } from "../ringcentral/subscriptions.ts";
import type { FollowedLog, FollowedLogStore } from "../store/followed-logs.ts";

const LIFETIME_S = 7 * 24 * 60 * 60;
/** RingCentral stops after ten minutes of bad answers: asked this often, it is noticed in time. */
const CHECK_EVERY_MS = 5 * 60 * 1000;

export interface ListeningDependencies {
  logs: FollowedLogStore;
  /** Where events of a followed log are to be sent; undefined while it is not known under which address we can be reached. */
  webhookOf(id: string): string | undefined;
}

/** Makes sure that events arrive. Cost: one request where they do, none within five minutes of the last. */
export type Listen = (followed: FollowedLog, subscriptions: Subscriptions) => Promise<void>;

export function createListening({ logs, webhookOf }: ListeningDependencies): Listen {
  /** A start makes sure once, whatever another process has found before. */
  const checked = new Map<string, number>();

  async function stands({ subscriptionId, id }: FollowedLog, address: string, subscriptions: Subscriptions) {
    if (subscriptionId === undefined) return false;
    const renewed = await subscriptions.renew(subscriptionId);
    if (renewed === undefined) return false;
    if (renewed.isActive && renewed.address === address) {
      await logs.subscribed(id, { id: renewed.id, until: renewed.expiresAt });
      return true;
    }
    await subscriptions.delete(renewed.id);
    return false;
  }

  return async (followed, subscriptions) => {
    const { id, scope } = followed;
    const address = webhookOf(id);
    if (address === undefined || (checked.get(id) ?? 0) + CHECK_EVERY_MS > Date.now()) return;
    if (!(await stands(followed, address, subscriptions))) {
      const verificationToken = randomBytes(32).toString("base64url");
      // Before it is used: its first event may arrive before the answer.
      await logs.expect(followed, verificationToken);
      const made = await subscriptions.create({
        eventFilters: [scope === "account" ? ACCOUNT_TELEPHONY_SESSIONS : telephonySessionsOf(scope)],
        address,
        verificationToken,
        expiresInSeconds: LIFETIME_S,
      });
      await logs.subscribed(id, { id: made.id, until: made.expiresAt });
    }
    checked.set(id, Date.now());
  };
}
