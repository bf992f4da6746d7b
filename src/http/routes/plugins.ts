/** POST /plugin/register, DELETE /plugin/unregister, GET /plugin/licenseStatus: which plugins an account has. */

import { Type } from "typebox";
import { namedAccount } from "../../core/admin/account-hash.ts";
import { accountOf, type KnownHolder } from "../../core/admin/administrators.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { rcAccessTokenOf, RcTokenQuery } from "../ringcentral-token.ts";
import type { Services } from "../services.ts";

/** It is part of a setting's key and of a sentence. */
const PluginId = Type.String({ pattern: "^[A-Za-z0-9._:-]{1,100}$", description: "Letters, digits and . _ : - only." });
const RcAccountId = Type.Optional(
  Type.Union([Type.String(), Type.Number()], {
    description: "The administrator's own account, or its hash; any other is refused.",
  }),
);
const Registration = Type.Object(
  {
    pluginId: PluginId,
    rcAccountId: RcAccountId,
    pluginName: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: "What people are told." })),
    address: Type.String({ description: "An https address; on this machine http will do, outside production." }),
    isAsync: Type.Optional(Type.Boolean({ description: "Answers later, at a callback address." })),
    supportedLogTypes: Type.Optional(
      Type.Array(Type.Union([Type.Literal("call"), Type.Literal("message")]), {
        minItems: 1,
        uniqueItems: true,
        description: "What it is asked about; both unless said.",
      }),
    ),
  },
  { additionalProperties: true },
);

export function pluginRoutes(app: App, services: Services, { userOf }: Authentication): void {
  const { administrators, hashKey, pluginRegistrations } = services;

  app.post(
    "/plugin/register",
    {
      schema: {
        summary: "Register a plugin for the account",
        description:
          "For administrators. The answer holds the secret that signs what passes between the plugin and this server; it is shown this once. Registering a plugin again replaces it, and its secret.",
        tags: ["plugins"],
        querystring: Type.Object(RcTokenQuery),
        body: Registration,
        response: { 200: Type.Object({ successful: Type.Boolean(), signingSecret: Type.String() }) },
      },
    },
    async (request) => {
      const { pluginId, rcAccountId, pluginName, address, isAsync, supportedLogTypes } = request.body;
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      refuseOthers(administrator, rcAccountId, hashKey);
      const user = userOf(request);
      const { signingSecret } = await pluginRegistrations.register(accountOf(user, administrator), user, {
        pluginId,
        name: pluginName ?? pluginId,
        address,
        mode: isAsync === true ? "async" : "sync",
        logs: logsOf(supportedLogTypes),
      });
      return { successful: true, signingSecret };
    },
  );

  app.delete(
    "/plugin/unregister",
    {
      schema: {
        summary: "Take a plugin away from the account",
        description: "For administrators. What it was still to do is dropped, and its answers are refused.",
        tags: ["plugins"],
        querystring: Type.Object({ ...RcTokenQuery, pluginId: PluginId, rcAccountId: RcAccountId }),
        response: { 200: Type.Object({ successful: Type.Boolean() }) },
      },
    },
    async (request) => {
      const { pluginId, rcAccountId } = request.query;
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      refuseOthers(administrator, rcAccountId, hashKey);
      await pluginRegistrations.unregister(accountOf(userOf(request), administrator), pluginId);
      return { successful: true };
    },
  );

  app.get(
    "/plugin/licenseStatus",
    {
      schema: {
        summary: "Whether a plugin may be used",
        description: "Every plugin that is registered may; null where the user's account has none of that id.",
        tags: ["plugins"],
        querystring: Type.Object({ pluginId: PluginId, rcAccountId: RcAccountId }),
        response: {
          // Sent as text: Fastify takes null for no answer at all.
          200: Type.Unknown({ description: "{ licenseStatus, licenseStatusDescription }, or null." }),
        },
      },
    },
    async (request, reply) => {
      const plugins = await pluginRegistrations.of(userOf(request));
      const isRegistered = plugins.some(({ pluginId }) => pluginId === request.query.pluginId);
      const status = { licenseStatus: true, licenseStatusDescription: "Registered for your account." };
      return reply.type("application/json; charset=utf-8").send(JSON.stringify(isRegistered ? status : null));
    },
  );
}

function logsOf(kinds: readonly ("call" | "message")[] = []) {
  const [first, second] = kinds;
  return first === undefined || second !== undefined ? "calls and messages" : (`${first}s` as const);
}

/** The account that counts is the token's; a client that names another one is mistaken about whom it decides for. */
function refuseOthers({ rcAccount }: KnownHolder, named: string | number | undefined, hashKey: string): void {
  if (named === undefined || namedAccount(String(named), hashKey) === rcAccount) return;
  throw new TrunklineError("ringcentral-forbids", "Only an administrator of this RingCentral account may do this.");
}
