/** GET and POST /user/settings, and what a client may read before anybody has logged in. */

import { Type } from "typebox";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import type { Services } from "../services.ts";

/** `{ "<key>": { value, customizable?, … } }`; keys that Trunkline does not know are kept as they are. */
const UserSettings = Type.Record(Type.String(), Type.Unknown());
/** Every switch of a large platform fits many times. */
const SETTINGS_BYTES = 512 * 1024;

/** An account's settings belong to its users: strangers, who can compute any account's hash, are told nothing. */
export function preloadRoute(app: App): void {
  app.get(
    "/user/preloadSettings",
    {
      schema: {
        summary: "Settings that are public",
        tags: ["settings"],
        querystring: Type.Object({ rcAccountId: Type.Optional(Type.String()) }),
        response: { 200: Type.Object({ userSettings: UserSettings }, { additionalProperties: true }) },
      },
    },
    () => ({ userSettings: {} }),
  );
}

export function settingsRoutes(app: App, { settings }: Services, { userOf }: Authentication): void {
  app.get(
    "/user/settings",
    {
      schema: {
        summary: "The user's settings",
        tags: ["settings"],
        querystring: Type.Object({ rcAccountId: Type.Optional(Type.String()) }),
        response: { 200: UserSettings },
      },
    },
    (request) => userOf(request).settings,
  );

  app.post(
    "/user/settings",
    {
      bodyLimit: SETTINGS_BYTES,
      schema: {
        summary: "Change settings",
        description: "Merges key by key; answers with all settings as they are now.",
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
