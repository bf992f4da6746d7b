/** POST and DELETE /admin/managedOAuth/cache, DELETE /admin/managedOAuth/account, GET /oauthManagedAuthState: a company's own OAuth client. */

import { type Static, Type } from "typebox";
import type { App } from "../app.ts";
import { defined } from "../../sdk/defined.ts";
import { nullMeansAbsent } from "../request-body.ts";
import { rcAccessTokenOf, RcTokenQuery } from "../ringcentral-token.ts";
import { ReturnMessage, success } from "../return-message.ts";
import type { Services } from "../services.ts";

const Address = Type.String({ minLength: 1, maxLength: 2_000 });
const Told = {
  clientId: Address,
  accessTokenUri: Address,
  authorizationUri: Type.Optional(Address),
  redirectUri: Type.Optional(Address),
  scopes: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
};
const Values = Type.Object({ ...Told, clientSecret: Address }, { additionalProperties: true });
const ToldValues = Type.Object({
  ...Told,
  state: Type.String({
    description: "For the address of the consent page; good for one login, and for a quarter of an hour.",
  }),
});
const Done = Type.Object({ successful: Type.Boolean(), returnMessage: ReturnMessage });

/** Nobody has logged in to the CRM yet: who asks, and for which account, is RingCentral's word alone. */
export function managedOAuthRoutes(app: App, { administrators, managedOAuth }: Services): void {
  const tags = ["administration"];
  const Platform = { platform: Type.String({ minLength: 1 }) };

  app.post(
    "/admin/managedOAuth/cache",
    {
      preValidation: nullMeansAbsent,
      schema: {
        summary: "Fill in the company's own OAuth client",
        description: "It is pending for a day, until an administrator's login succeeds with it.",
        tags,
        querystring: Type.Object(RcTokenQuery),
        body: Type.Object({ values: Values }, { additionalProperties: true }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      await managedOAuth.cache(administrator, clientFrom(request.body.values));
      return { successful: true, returnMessage: success("Connect within a day to start using it.") };
    },
  );

  app.delete(
    "/admin/managedOAuth/cache",
    {
      schema: {
        summary: "Forget an OAuth client that is pending",
        tags,
        querystring: Type.Object(RcTokenQuery),
        response: { 200: Done },
      },
    },
    async (request) => {
      await managedOAuth.dropPending(await administrators.administratorOf(rcAccessTokenOf(request)));
      return { successful: true, returnMessage: success("It is forgotten.") };
    },
  );

  app.delete(
    "/admin/managedOAuth/account",
    {
      schema: {
        summary: "Remove the company's own OAuth client",
        description: "Whoever is connected with it has to connect again once their access runs out.",
        tags,
        querystring: Type.Object({ ...RcTokenQuery, ...Platform }),
        response: { 200: Done },
      },
    },
    async (request) => {
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      await managedOAuth.remove(administrator, request.query.platform);
      return { successful: true, returnMessage: success("It is removed.") };
    },
  );

  app.get(
    "/oauthManagedAuthState",
    {
      schema: {
        summary: "The company's own OAuth client",
        description: "Without its secret. What is pending is told to administrators.",
        tags: ["login"],
        querystring: Type.Object({ ...RcTokenQuery, ...Platform }),
        response: {
          200: Type.Object({
            isAdmin: Type.Boolean(),
            hasAccountOAuth: Type.Boolean(),
            hasPendingOAuth: Type.Boolean(),
            oauthValues: Type.Optional(ToldValues),
            pendingValues: Type.Optional(ToldValues),
          }),
        },
      },
    },
    async (request) => {
      const holder = await administrators.holderOf(rcAccessTokenOf(request));
      const { ofAccount, pending } = await managedOAuth.stateFor(request.query.platform, holder);
      return {
        isAdmin: holder.isAdministrator,
        hasAccountOAuth: ofAccount !== undefined,
        hasPendingOAuth: pending !== undefined,
        ...defined({ oauthValues: ofAccount, pendingValues: pending }),
      };
    },
  );
}

function clientFrom(values: Static<typeof Values>) {
  const { accessTokenUri, authorizationUri, clientId, clientSecret, redirectUri, scopes } = values;
  return { accessTokenUri, clientId, clientSecret, ...defined({ authorizationUri, redirectUri, scopes }) };
}
