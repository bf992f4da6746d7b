/** Subscriptions: made after a trial of the webhook, listed, renewed, changed, ended. */

import { randomUUID } from "node:crypto";
import { Type } from "typebox";
import type { FakeApp } from "../fake-crms/support/fake-server.ts";
import type { JsonObject } from "../../src/store/json.ts";
import type { Clock } from "./clock.ts";
import { holderOf, type Platform } from "./places.ts";
import { Refused } from "./refusals.ts";
import type { FakeExtension } from "./state.ts";
import type { FakeSubscription, FakeSubscriptions } from "./subscriptions.ts";

/** "createSubscription" of the API document (copy of 2026-08-13). */
const MOST_SUBSCRIPTIONS = 30;
const DEFAULT_SECONDS = 604_800;

const Filters = Type.Array(Type.String(), { minItems: 1 });
const Seconds = Type.Optional(Type.Integer({ minimum: 1, maximum: 315_360_000 }));
const closed = { additionalProperties: false };
const WebHook = Type.Object(
  { transportType: Type.Literal("WebHook"), address: Type.String(), verificationToken: Type.Optional(Type.String()) },
  closed,
);
const Wanted = Type.Object({ eventFilters: Filters, expiresIn: Seconds, deliveryMode: WebHook }, closed);
const Changed = Type.Object({ eventFilters: Filters, expiresIn: Seconds }, closed);
const At = Type.Object({ id: Type.String() });

const PLACE = "/restapi/v1.0/subscription";

export function subscriptionRoutes(
  app: FakeApp,
  { state, grants, origin }: Platform,
  subscriptions: FakeSubscriptions,
  clock: Clock,
): void {
  const own = (holder: FakeExtension) => subscriptions.standing().filter(({ owner }) => owner === holder);
  const shown = (subscription: FakeSubscription) => answerOf(subscription, origin(), clock.now());

  function found(id: string, holder: FakeExtension): FakeSubscription {
    const subscription = own(holder).find((one) => one.id === id);
    if (subscription === undefined) throw new Refused(404, "SUB-507", `Subscription with key [${id}] was expired`);
    return subscription;
  }

  function heard(filters: readonly string[], holder: FakeExtension) {
    const resolved = filters.map((filter) => withRealIds(filter, holder));
    const refused = resolved.map((filter) => ({ filter, reason: whyNot(filter, holder, state.extensions) }));
    const disabledFilters = refused.flatMap(({ filter, reason }) => (reason === undefined ? [] : [{ filter, reason }]));
    const eventFilters = refused.filter(({ reason }) => reason === undefined).map(({ filter }) => filter);
    if (eventFilters.length === 0) throw new Refused(403, "SUB-408", "None of the event filters is allowed");
    return { eventFilters, disabledFilters };
  }

  app.post(PLACE, { schema: { body: Wanted } }, async (request) => {
    const holder = holderOf(request, grants);
    const { eventFilters, expiresIn = DEFAULT_SECONDS, deliveryMode } = request.body;
    if (own(holder).length >= MOST_SUBSCRIPTIONS) throw new Refused(403, "SUB-505", "Subscriptions limit exceeded");
    const listening = heard(eventFilters, holder);
    await subscriptions.tryWebhook(deliveryMode.address);
    const subscription: FakeSubscription = {
      id: randomUUID(),
      owner: holder,
      ...listening,
      address: deliveryMode.address,
      verificationToken: deliveryMode.verificationToken,
      createdAt: clock.now(),
      expiresInSeconds: expiresIn,
      expiresAt: clock.now() + expiresIn * 1000,
      failingSince: undefined,
      blacklisted: undefined,
    };
    subscriptions.all.push(subscription);
    return shown(subscription);
  });

  app.get(PLACE, (request) => ({ uri: `${origin()}${PLACE}`, records: own(holderOf(request, grants)).map(shown) }));

  app.post(`${PLACE}/:id/renew`, { schema: { params: At } }, (request) => {
    const subscription = found(request.params.id, holderOf(request, grants));
    subscription.expiresAt = clock.now() + subscription.expiresInSeconds * 1000;
    return shown(subscription);
  });

  app.put(`${PLACE}/:id`, { schema: { params: At, body: Changed } }, (request) => {
    const holder = holderOf(request, grants);
    const subscription = found(request.params.id, holder);
    const { eventFilters, expiresIn = DEFAULT_SECONDS } = request.body;
    Object.assign(subscription, heard(eventFilters, holder));
    subscription.expiresInSeconds = expiresIn;
    subscription.expiresAt = clock.now() + expiresIn * 1000;
    return shown(subscription);
  });

  app.delete(`${PLACE}/:id`, { schema: { params: At } }, (request, reply) => {
    const subscription = found(request.params.id, holderOf(request, grants));
    subscriptions.all.splice(subscriptions.all.indexOf(subscription), 1);
    return reply.code(204).send();
  });
}

function withRealIds(filter: string, { accountId, id }: FakeExtension): string {
  return filter.replace("/account/~", `/account/${accountId}`).replace("/extension/~", `/extension/${id}`);
}

/** Undefined where the holder may listen to it. */
function whyNot(filter: string, holder: FakeExtension, extensions: readonly FakeExtension[]): string | undefined {
  const [, accountId] = /^\/restapi\/v1\.0\/account\/(\w+)\//.exec(filter) ?? [];
  if (accountId === undefined) return filter.startsWith(`${PLACE}/~`) ? undefined : "SUB-508";
  if (accountId !== String(holder.accountId)) return "SUB-406";
  const [, extensionId] = /\/extension\/(\w+)\//.exec(filter) ?? [];
  if (extensionId === String(holder.id)) return undefined;
  if (extensionId === undefined) return holder.isAdministrator ? undefined : "CMN-408";
  const isThere = extensions.some(({ id, accountId: of }) => String(id) === extensionId && of === holder.accountId);
  if (!isThere) return "SUB-408";
  if (filter.includes("/message-store")) return holder.seesMessagesOfOthers ? undefined : "SUB-405";
  return holder.isAdministrator ? undefined : "CMN-404";
}

function answerOf(subscription: FakeSubscription, origin: string, now: number): JsonObject {
  const { id, eventFilters, disabledFilters, address, createdAt, expiresAt, blacklisted } = subscription;
  return {
    id,
    uri: `${origin}${PLACE}/${id}`,
    eventFilters,
    ...(disabledFilters.length > 0 ? { disabledFilters } : {}),
    creationTime: new Date(createdAt).toISOString(),
    expirationTime: new Date(expiresAt).toISOString(),
    expiresIn: Math.floor((expiresAt - now) / 1000),
    deliveryMode: { transportType: "WebHook", encryption: false, address },
    status: blacklisted === undefined ? "Active" : "Blacklisted",
    ...(blacklisted === undefined
      ? {}
      : { blacklistedData: { blacklistedAt: new Date(blacklisted.at).toISOString(), reason: blacklisted.reason } }),
  };
}
