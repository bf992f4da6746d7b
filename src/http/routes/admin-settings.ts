/** GET and POST /admin/settings: what an administrator decides for the users of their account in one company's CRM. */

import { type Static, Type } from "typebox";
import { accountOf } from "../../core/admin/administrators.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { isInstalledClient, rcAccessTokenOf, RcTokenQuery } from "../ringcentral-token.ts";
import type { Services } from "../services.ts";
import { mappingFrom, WireMapping, wireMapping } from "../wire/user-mappings.ts";
import { SETTINGS_BYTES } from "./settings.ts";

const Settings = Type.Record(Type.String(), Type.Unknown());
const Adapter = Type.Union([
  Type.Null(),
  Type.Object({ url: Type.Optional(Type.Union([Type.String(), Type.Null()])) }, { additionalProperties: true }),
]);

/** The client sends back all that it got; whatever else stands there is left aside. */
const AdminSettings = Type.Object(
  {
    userSettings: Type.Optional(Settings),
    userMappings: Type.Optional(Type.Union([Type.Null(), Type.Array(WireMapping)])),
    customAdapter: Type.Optional(Adapter),
  },
  { additionalProperties: true },
);

const Answer = Type.Object({
  userSettings: Settings,
  userMappings: Type.Array(WireMapping),
  customAdapter: Type.Union([Type.Null(), Type.Object({ url: Type.String() })]),
});

export function adminSettingsRoutes(app: App, services: Services, { userOf }: Authentication): void {
  const { accountSettings, administrators } = services;

  app.get(
    "/admin/settings",
    {
      schema: {
        summary: "The account's settings",
        description:
          "For administrators of the RingCentral account; the client takes anything but a 200 for 'not one'.",
        tags: ["administration"],
        querystring: Type.Object(RcTokenQuery),
        response: { 200: Answer },
      },
    },
    async (request) => {
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      const found = await accountSettings.read(accountOf(userOf(request), administrator));
      return {
        userSettings: found.userSettings,
        userMappings: found.userMappings.map((mapping) => wireMapping(mapping, isInstalledClient(request))),
        customAdapter: found.customAdapter === undefined ? null : { url: found.customAdapter },
      };
    },
  );

  app.post(
    "/admin/settings",
    {
      bodyLimit: SETTINGS_BYTES,
      schema: {
        summary: "Save the account's settings",
        description:
          "They bind the users of the administrator's own company whose client names this account. Members that are absent stay as they are.",
        tags: ["administration"],
        querystring: Type.Object(RcTokenQuery),
        body: Type.Object({ adminSettings: AdminSettings }),
        response: { 200: Type.String() },
      },
    },
    async (request, reply) => {
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      const user = userOf(request);
      await accountSettings.save(accountOf(user, administrator), user, changeFrom(request.body.adminSettings));
      // The published document has it as HTML; no browser is shown it as a page.
      void reply.type("text/html; charset=utf-8").header("x-content-type-options", "nosniff");
      return "Admin settings updated";
    },
  );
}

function changeFrom({ userSettings, userMappings, customAdapter }: Static<typeof AdminSettings>) {
  return {
    userSettings,
    userMappings: userMappings?.map(mappingFrom),
    customAdapter: customAdapter === undefined ? undefined : (customAdapter?.url ?? ""),
  };
}
