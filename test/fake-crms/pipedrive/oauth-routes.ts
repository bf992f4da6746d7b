/** POST /oauth/token and POST /oauth/revoke, with the app's credentials as Basic. */

import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import type { Grants } from "./grants.ts";

/** The only app that is registered. Hexadecimal, as Pipedrive hands them out. */
export const CLIENT = { id: "5d4736e3aa0c1f57", secret: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b" };

const Closed = { additionalProperties: false };

const TokenForm = Type.Union([
  Type.Object(
    { grant_type: Type.Literal("authorization_code"), code: Type.String(), redirect_uri: Type.String() },
    Closed,
  ),
  Type.Object({ grant_type: Type.Literal("refresh_token"), refresh_token: Type.String() }, Closed),
]);

const RevokeForm = Type.Object({ token: Type.String(), token_type_hint: Type.Optional(Type.String()) }, Closed);

export interface OAuthOptions {
  grants: Grants;
  /** The app's callback address; any other one is refused. Undefined: not checked. */
  redirectUri: string | undefined;
  /** What the token answer names as the company's own address. */
  apiDomain(): string;
}

export function oauthRoutes(app: FakeApp, { grants, redirectUri, apiDomain }: OAuthOptions): void {
  const onlyTheApp = async (request: FastifyRequest, reply: FastifyReply) => {
    const expected = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString("base64")}`;
    if (request.headers.authorization !== expected) {
      await reply.code(401).send({ success: false, error: "invalid_client" });
    }
  };

  app.post("/oauth/token", { schema: { body: TokenForm }, preHandler: onlyTheApp }, (request, reply) => {
    const form = request.body;
    const isForeign =
      form.grant_type === "authorization_code" && redirectUri !== undefined && form.redirect_uri !== redirectUri;
    const pair = form.grant_type === "refresh_token" ? grants.refresh(form.refresh_token) : grants.exchange(form.code);
    if (pair === undefined || isForeign) {
      return reply.code(400).send({ success: false, error: "invalid_grant", message: "Invalid grant" });
    }
    return reply.send({ ...pair, token_type: "Bearer", scope: "base", api_domain: apiDomain() });
  });

  app.post("/oauth/revoke", { schema: { body: RevokeForm }, preHandler: onlyTheApp }, (request, reply) => {
    grants.revoke(request.body.token);
    return reply.send({ success: true });
  });
}
