/** The subscriptions of a fake RingCentral, and what they are delivered: over real HTTP, with the trial before they stand. */

import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../src/store/json.ts";
import type { Clock } from "./clock.ts";
import { Refused } from "./refusals.ts";
import type { FakeExtension } from "./state.ts";

/** "Creating webhooks" of the guide (2025-08); ten minutes: a RingCentral engineer in its forum (2018-08). */
const LARGEST_TRIAL_ANSWER = 1_024;
const BLACKLISTED_AFTER_MS = 10 * 60_000;

export interface FakeSubscription {
  id: string;
  owner: FakeExtension;
  eventFilters: string[];
  disabledFilters: { filter: string; reason: string }[];
  address: string;
  verificationToken: string | undefined;
  createdAt: number;
  expiresInSeconds: number;
  expiresAt: number;
  failingSince: number | undefined;
  blacklisted: { at: number; reason: string } | undefined;
}

/** Something that happened, before it is known who listens. */
export interface Happening {
  /** With real ids, without a query. */
  path: string;
  accountId: number;
  /** What a filter may ask for, such as { type: "SMS" }. */
  traits: Readonly<Record<string, string>>;
  /** The whole event but for what depends on the subscription. */
  body: JsonObject;
  /** Whether the envelope names the owner, as telephony events do. */
  namesOwner: boolean;
}

export interface Delivery {
  subscriptionId: string;
  event: JsonObject;
  /** Undefined where the webhook did not answer in time. */
  status: number | undefined;
}

export interface FakeSubscriptions {
  all: FakeSubscription[];
  /** Everything that was sent, oldest first. */
  deliveries: Delivery[];
  /** Those that have not run out. */
  standing(): FakeSubscription[];
  /** Throws what RingCentral refuses with where the webhook does not pass the trial. */
  tryWebhook(address: string): Promise<void>;
  deliver(happening: Happening): Promise<void>;
  blacklist(subscription: FakeSubscription, reason: string): void;
}

export interface SubscriptionsOptions {
  clock: Clock;
  /** How long a webhook has to answer. */
  patienceMs: number;
  /** Shown every event before it is sent. */
  inspect(happening: Happening, event: JsonObject): void;
}

export function createSubscriptions({ clock, patienceMs, inspect }: SubscriptionsOptions): FakeSubscriptions {
  async function post(address: string, headers: Record<string, string>, event: JsonObject | undefined) {
    return fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=UTF-8",
        "user-agent": "RingCentral-Webhook/8.3",
        ...headers,
      },
      body: event === undefined ? null : JSON.stringify(event),
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
  }

  async function send(subscription: FakeSubscription, event: JsonObject): Promise<void> {
    const { verificationToken, address } = subscription;
    const headers = verificationToken === undefined ? {} : { "verification-token": verificationToken };
    const answer = await post(address, headers, event).catch(() => undefined);
    await answer?.body?.cancel();
    subscriptions.deliveries.push({ subscriptionId: subscription.id, event, status: answer?.status });
    if (answer?.status === 200) {
      subscription.failingSince = undefined;
      return;
    }
    subscription.failingSince ??= clock.now();
    if (clock.now() - subscription.failingSince < BLACKLISTED_AFTER_MS) return;
    subscriptions.blacklist(subscription, `Webhook responses with code: [${answer?.status ?? "none"}]`);
  }

  const subscriptions: FakeSubscriptions = {
    all: [],
    deliveries: [],
    standing: () => subscriptions.all.filter(({ expiresAt }) => expiresAt > clock.now()),
    async tryWebhook(address) {
      const token = randomUUID();
      const answer = await post(address, { "validation-token": token }, undefined).catch(() => undefined);
      if (answer?.status !== 200) throw refusedAddress("SUB-521", "WebHook is not reachable");
      if (answer.headers.get("validation-token") !== token) {
        throw refusedAddress("SUB-520", "Validation Token is not returned");
      }
      const headers = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
      const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
      if (!isJson || headers + (await answer.arrayBuffer()).byteLength > LARGEST_TRIAL_ANSWER) {
        throw refusedAddress("SUB-525", "WebHook server response is invalid");
      }
    },
    async deliver(happening) {
      const listening = subscriptions
        .standing()
        .filter(({ owner, blacklisted }) => owner.accountId === happening.accountId && blacklisted === undefined);
      for (const subscription of listening) {
        const filter = subscription.eventFilters.find((one) => isHeardBy(one, happening));
        if (filter === undefined) continue;
        const event = {
          uuid: randomUUID(),
          event: filter,
          timestamp: new Date(clock.now()).toISOString(),
          subscriptionId: subscription.id,
          ...(happening.namesOwner ? { ownerId: String(subscription.owner.id) } : {}),
          body: happening.body,
        };
        inspect(happening, event);
        await send(subscription, event);
      }
    },
    blacklist(subscription, reason) {
      subscription.blacklisted = { at: clock.now(), reason };
    },
  };
  return subscriptions;
}

function isHeardBy(filter: string, { path, traits }: Happening): boolean {
  const url = new URL(filter, "http://fake");
  return url.pathname === path && [...url.searchParams].every(([name, value]) => traits[name] === value);
}

function refusedAddress(code: string, message: string): Refused {
  return new Refused(400, code, message, "deliveryMode.address");
}
