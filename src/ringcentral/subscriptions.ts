/** Subscriptions to RingCentral's events, delivered to a webhook of ours. */

import { type Static, Type } from "typebox";
import { Moment, Text } from "./answer-parts.ts";
import type { Refusal } from "./failures.ts";
import type { Caller, PlatformHttp } from "./platform-http.ts";

const PLACE = "/restapi/v1.0/subscription";

export interface Subscription {
  id: string;
  eventFilters: readonly string[];
  /** Filters that RingCentral accepted and does not serve, such as for want of a permission. */
  disabledFilters: readonly { filter: string; reason: string }[];
  /** Undefined for one that is not delivered to a webhook. */
  address: string | undefined;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** False where RingCentral has stopped to deliver: ten minutes without a good answer of the webhook suffice. */
  isActive: boolean;
  /** Why it stopped. */
  blacklistedBecause: string | undefined;
}

export interface NewSubscription {
  /** See `event-filters.ts`. */
  eventFilters: readonly string[];
  /** Ours, reachable from outside. RingCentral tries it before it answers: it must be served already. */
  address: string;
  /** Comes back with every event, and proves that it is RingCentral's. */
  verificationToken: string;
  expiresInSeconds: number;
}

export interface Subscriptions {
  create(wanted: NewSubscription): Promise<Subscription>;
  /** All of this app and user. RingCentral allows thirty. */
  list(): Promise<Subscription[]>;
  /** For as long again as it was made for. Undefined where it is there no more: then a new one is due. */
  renew(id: string): Promise<Subscription | undefined>;
  /** Listens to something else from now on, for as long again. Undefined where it is there no more. */
  change(
    id: string,
    wanted: Pick<NewSubscription, "eventFilters" | "expiresInSeconds">,
  ): Promise<Subscription | undefined>;
  /** Good as well where it is there no more. */
  delete(id: string): Promise<void>;
}

const SubscriptionAnswer = Type.Object({
  id: Type.String({ minLength: 1 }),
  eventFilters: Type.Array(Type.String()),
  disabledFilters: Type.Optional(Type.Array(Type.Object({ filter: Type.String(), reason: Type.String() }))),
  deliveryMode: Type.Object({ transportType: Type.String(), address: Text }),
  expirationTime: Moment,
  status: Type.String(),
  blacklistedData: Type.Optional(Type.Object({ reason: Text })),
});
const SubscriptionList = Type.Object({ records: Type.Array(SubscriptionAnswer) });

export function createSubscriptions(http: PlatformHttp, caller: Caller): Subscriptions {
  const placeOf = (id: string) => `${PLACE}/${encodeURIComponent(id)}`;
  return {
    async create({ eventFilters, address, verificationToken, expiresInSeconds }) {
      const answer = await http.send(caller, PLACE, {
        method: "POST",
        json: {
          eventFilters,
          expiresIn: expiresInSeconds,
          deliveryMode: { transportType: "WebHook", address, verificationToken },
        },
        group: "Medium",
        as: SubscriptionAnswer,
      });
      return subscriptionOf(answer);
    },
    async list() {
      const answer = await http.send(caller, PLACE, { group: "Light", as: SubscriptionList });
      return answer.records.map(subscriptionOf);
    },
    async renew(id) {
      const answer = await http.send(caller, `${placeOf(id)}/renew`, {
        method: "POST",
        group: "Light",
        as: SubscriptionAnswer,
        meaningOf: meansGone,
      });
      return answer === "gone" ? undefined : subscriptionOf(answer);
    },
    async change(id, { eventFilters, expiresInSeconds }) {
      const answer = await http.send(caller, placeOf(id), {
        method: "PUT",
        json: { eventFilters, expiresIn: expiresInSeconds },
        group: "Medium",
        as: SubscriptionAnswer,
        meaningOf: meansGone,
      });
      return answer === "gone" ? undefined : subscriptionOf(answer);
    },
    async delete(id) {
      await http.send(caller, placeOf(id), {
        method: "DELETE",
        group: "Medium",
        as: Type.Unknown(),
        meaningOf: meansGone,
      });
    },
  };
}

function meansGone({ status }: Refusal): "gone" | undefined {
  return status === 404 ? "gone" : undefined;
}

function subscriptionOf(answer: Static<typeof SubscriptionAnswer>): Subscription {
  return {
    id: answer.id,
    eventFilters: answer.eventFilters,
    disabledFilters: (answer.disabledFilters ?? []).map(({ filter, reason }) => ({ filter, reason })),
    address: answer.deliveryMode.address,
    expiresAt: Date.parse(answer.expirationTime),
    isActive: answer.status === "Active",
    blacklistedBecause: answer.blacklistedData?.reason,
  };
}
