/** POST /oauth/token and /oauth/revoke (RFC 6749 sections 4.1.3, 5 and 6; RFC 7009). */

import type { FastifyReply } from "fastify";
import { Type } from "typebox";

import type { App } from "../app.ts";
import type { Settings } from "../settings.ts";
import { type ClientProof, clientProof } from "./client.ts";
import type { Grants, Tokens } from "./grants.ts";

const field = Type.Optional(Type.String({ maxLength: 4000 }));
const credentials = { client_id: field, client_secret: field };
const TokenRoute = {
  body: Type.Object({
    ...credentials,
    grant_type: field,
    code: field,
    redirect_uri: field,
    code_verifier: field,
    refresh_token: field,
  }),
};
const RevokeRoute = { body: Type.Object({ ...credentials, token: field }) };

export function tokenRoutes(app: App, { grants, settings }: { grants: Grants; settings: Settings }): void {
  app.post("/oauth/token", { schema: TokenRoute, attachValidation: true }, async (request, reply) => {
    reply.header("cache-control", "no-store");
    if (request.validationError) return refuse(reply, "invalid_request", request.validationError.message);
    const { body, headers } = request;
    const proof = clientProof(headers.authorization, body);
    if (proof !== "given") return refuseClient(reply, proof);

    switch (body.grant_type) {
      case "authorization_code": {
        const { code, redirect_uri: redirectUri, code_verifier: codeVerifier } = body;
        if (code === undefined) return refuse(reply, "invalid_request", "code is required.");
        if (redirectUri === undefined) return refuse(reply, "invalid_request", "redirect_uri is required.");
        const tokens = grants.redeem({ code, redirectUri, codeVerifier });
        if (!tokens)
          return refuse(reply, "invalid_grant", "The code is unknown, used, expired or not for this request.");
        return tokenAnswer(tokens, settings);
      }
      case "refresh_token": {
        if (body.refresh_token === undefined) return refuse(reply, "invalid_request", "refresh_token is required.");
        const tokens = grants.refresh(body.refresh_token);
        return tokens
          ? tokenAnswer(tokens, settings)
          : refuse(reply, "invalid_grant", "The refresh token is unknown, used or revoked.");
      }
      case undefined:
        return refuse(reply, "invalid_request", "grant_type is required.");
      default:
        return refuse(reply, "unsupported_grant_type", "grant_type must be authorization_code or refresh_token.");
    }
  });

  // Whoever holds a token may end it, so credentials may be left out; wrong ones are still a mistake worth showing.
  app.post("/oauth/revoke", { schema: RevokeRoute, attachValidation: true }, async (request, reply) => {
    if (request.validationError) return refuse(reply, "invalid_request", request.validationError.message);
    const { body, headers } = request;
    const proof = clientProof(headers.authorization, body);
    if (proof === "wrong") return refuseClient(reply, proof);
    if (body.token === undefined) return refuse(reply, "invalid_request", "token is required.");
    grants.revoke(body.token);
    return {};
  });
}

function tokenAnswer({ accessToken, refreshToken, scope }: Tokens, { accessTokenSeconds }: Settings) {
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: "Bearer",
    expires_in: accessTokenSeconds,
    scope,
  };
}

function refuse(reply: FastifyReply, error: string, description: string): FastifyReply {
  return reply.code(400).send({ error, error_description: description });
}

function refuseClient(reply: FastifyReply, proof: ClientProof): FastifyReply {
  return reply
    .code(401)
    .header("www-authenticate", 'Basic realm="Demo CRM"')
    .send({
      error: "invalid_client",
      error_description: proof === "absent" ? "Client credentials are required." : "The client credentials are wrong.",
    });
}
