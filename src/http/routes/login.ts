/** GET /oauth-callback, POST /apiKeyLogin: connecting a user to a CRM. */

import { Type } from "typebox";
import { asTrunklineError, badInput } from "../../sdk/errors.ts";
import type { Connection } from "../../core/users.ts";
import type { App } from "../app.ts";
import { defined } from "../../sdk/defined.ts";
import { failureMessage } from "../errors.ts";
import { platformIn, redirectFrom } from "../oauth-redirect.ts";
import { danger, ReturnMessage, success } from "../return-message.ts";
import { namedAccount } from "../../core/admin/account-hash.ts";
import { NO_KEY_FIELD } from "../../core/admin/managed-login.ts";
import { rcAccessTokenOf } from "../ringcentral-token.ts";
import type { Services } from "../services.ts";

const Text = Type.Optional(Type.String());
const TextOrNumber = Type.Optional(Type.Union([Type.String(), Type.Number()]));

const Connected = Type.Object({
  jwtToken: Type.Optional(Type.String()),
  name: Text,
  returnMessage: Type.Optional(ReturnMessage),
});

const OAuthCallbackQuery = Type.Object(
  {
    callbackUri: Type.Optional(
      Type.String({
        description: "The redirect that the CRM sent, not encoded: its further parameters may stand beside it.",
      }),
    ),
    code: Text,
    state: Text,
    error: Text,
    hostname: Text,
    tokenUrl: Text,
    apiUrl: Text,
    username: Text,
    rcAccountId: Text,
  },
  { additionalProperties: true },
);

const ApiKeyLoginBody = Type.Object(
  {
    platform: Text,
    apiKey: Text,
    hostname: Text,
    rcAccountId: TextOrNumber,
    additionalInfo: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: true },
);

const Refused = Type.Object({
  returnMessage: ReturnMessage,
  missingRequiredFieldConsts: Type.Optional(Type.Array(Type.String())),
});

export function loginRoutes(app: App, { hashKey, managedLogins, managedOAuth, tokens }: Services): void {
  async function connected({ user, crmName }: Connection) {
    return {
      jwtToken: await tokens.issue(user),
      name: user.name,
      returnMessage: success(`Connected to ${crmName}.`),
    };
  }

  app.get(
    "/oauth-callback",
    {
      schema: {
        summary: "Finish an OAuth login",
        description: "A CRM's refusal is a 200 without a jwtToken: the client shows the message and stays as it is.",
        tags: ["login"],
        querystring: OAuthCallbackQuery,
        response: { 200: Connected },
      },
    },
    async (request) => {
      const { query } = request;
      const { platform, address: cameBackTo, callback } = redirectFrom(query);
      if (platform === undefined) throw badInput("state", "must name the platform, as in platform=pipedrive");
      if (!callback.has("code") && !callback.has("error"))
        throw badInput("callbackUri", "must hold the code that the CRM sent");
      const { hostname, tokenUrl, apiUrl, username } = query;
      const rcAccountId = namedAccount(query.rcAccountId, hashKey);
      const login = { platform, cameBackTo, callback, hostname, tokenUrl, apiUrl, rcAccountId, username };
      try {
        return await connected(await managedOAuth.connect(login, rcAccessTokenOf(request)));
      } catch (thrown) {
        const error = asTrunklineError(thrown);
        if (error.origin !== "crm" && error.code !== "unsupported") throw error;
        return { returnMessage: failureMessage(error) };
      }
    },
  );

  app.post(
    "/apiKeyLogin",
    {
      schema: {
        summary: "Log in with an API key or a form of the CRM's own",
        description:
          "A refusal is never a 2xx: the client takes any 2xx for success. With a RingCentral access token, what the administrators of its account filled in is used.",
        tags: ["login"],
        querystring: Type.Object({ state: Text }),
        body: ApiKeyLoginBody,
        response: { 200: Connected, 400: Type.Union([Type.String(), Refused]) },
      },
    },
    async (request, reply) => {
      const { body, query } = request;
      const platform = body.platform ?? platformIn(query.state);
      if (platform === undefined || platform === "") throw badInput("platform", "is required: Missing platform name");
      const additionalInfo = body.additionalInfo ?? {};
      const apiKey = apiKeyFrom(body.apiKey, additionalInfo);
      try {
        const login = {
          platform,
          apiKey,
          additionalInfo,
          hostname: body.hostname,
          apiUrl: textIn(additionalInfo, "apiUrl"),
          rcAccountId: namedAccount(body.rcAccountId?.toString(), hashKey),
        };
        const outcome = await managedLogins.connect(login, rcAccessTokenOf(request));
        if ("user" in outcome) return await connected(outcome);
        return reply.code(400).send({
          returnMessage: danger(`Please fill in: ${outcome.missing.join(", ")}.`),
          missingRequiredFieldConsts: outcome.missing,
        });
      } catch (thrown) {
        const error = asTrunklineError(thrown);
        if (error.origin !== "crm") throw error;
        return reply.code(400).send(defined({ returnMessage: failureMessage(error) }));
      }
    },
  );
}

function apiKeyFrom(posted: string | undefined, form: object): string {
  const typed = textIn(form, "apiKey");
  if (typed !== undefined && (posted === undefined || posted === NO_KEY_FIELD)) return typed.trim();
  return posted?.trim() ?? "";
}

function textIn(members: object, name: string): string | undefined {
  const value: unknown = Reflect.get(members, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
