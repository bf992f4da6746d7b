/** GET and POST /user/settings, and what a client may read before anybody has logged in. */

import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { namedAccount } from "../../core/admin/account-hash.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { rcAccessTokenOf, RcTokenQuery } from "../ringcentral-token.ts";
import type { Services } from "../services.ts";

/** `{ "<key>": { value, customizable?, … } }`; keys that Trunkline does not know are kept as they are. */
const UserSettings = Type.Record(Type.String(), Type.Unknown());
/** Every switch of a large platform fits many times. */
export const SETTINGS_BYTES = 512 * 1024;

/**
 * An account's settings belong to its users: strangers, who can compute any account's hash, are told no more than where the
 * account's own manifest lies, which a client needs before anybody can log in.
 */
export function preloadRoute(app: App, { accountSettings, administrators, hashKey }: Services): void {
  app.get(
    "/user/preloadSettings",
    {
      schema: {
        summary: "Settings that are public",
        tags: ["settings"],
        description: "The account is named by rcAccountId, or by the RingCentral token in X-RC-Access-Token.",
        querystring: Type.Object({ rcAccountId: Type.Optional(Type.String()), ...RcTokenQuery }),
        response: { 200: Type.Object({ userSettings: UserSettings }, { additionalProperties: true }) },
      },
    },
    async (request) => {
      const token = rcAccessTokenOf(request);
      const rcAccount =
        token === undefined
          ? namedAccount(request.query.rcAccountId, hashKey)
          : (await administrators.holderOf(token)).rcAccount;
      const url = rcAccount === undefined ? undefined : await accountSettings.customAdapterOf(rcAccount);
      // The installed client reads it beside the settings, the published document has it among them.
      const manifest = url === undefined ? {} : { customCrmManifestUrl: { url } };
      return { ...manifest, userSettings: manifest };
    },
  );
}

export function settingsRoutes(app: App, services: Services, { userOf }: Authentication): void {
  const { administrators, hashKey, settings } = services;

  /** The installed client names its account, newer ones show a token; neither proves more than whose settings to look for. */
  async function accountIn(request: FastifyRequest, rcAccountId: string | undefined): Promise<string | undefined> {
    const named = namedAccount(rcAccountId, hashKey);
    const token = rcAccessTokenOf(request);
    if (named !== undefined || token === undefined) return named;
    // What is known of the user serves as well while RingCentral cannot be asked.
    return administrators.holderOf(token).then(
      (holder) => holder.rcAccount,
      () => undefined,
    );
  }

  app.get(
    "/user/settings",
    {
      schema: {
        summary: "The user's settings",
        description: "The user's own, as far as the administrator of their account leaves it to them.",
        tags: ["settings"],
        querystring: Type.Object({ rcAccountId: Type.Optional(Type.String()), ...RcTokenQuery }),
        response: { 200: UserSettings },
      },
    },
    async (request) => settings.of(userOf(request), await accountIn(request, request.query.rcAccountId)),
  );

  app.post(
    "/user/settings",
    {
      bodyLimit: SETTINGS_BYTES,
      schema: {
        summary: "Change settings",
        description: "Merges key by key; answers with all settings as they apply now.",
        tags: ["settings"],
        body: Type.Object({
          userSettings: Type.Optional(Type.Record(Type.String(), Type.Object({}, { additionalProperties: true }))),
          settingKeysToRemove: Type.Optional(Type.Array(Type.String())),
        }),
        response: { 200: Type.Object({ userSettings: UserSettings }, { additionalProperties: true }) },
      },
    },
    async (request) => {
      const { userSettings = {}, settingKeysToRemove = [] } = request.body;
      return { userSettings: await settings.change(userOf(request), { userSettings, settingKeysToRemove }) };
    },
  );
}
