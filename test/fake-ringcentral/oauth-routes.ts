/** POST /restapi/oauth/token and /restapi/oauth/revoke, with the app's credentials as HTTP Basic. */

import { Type } from "typebox";
import type { FakeApp } from "../fake-crms/support/fake-server.ts";
import type { Grants, TokenAnswer } from "./grants.ts";
import type { RateLimiter } from "./limits.ts";
import { oauthRefusal } from "./refusals.ts";

/** The one app that is registered. */
export const APP = { id: "rc-app-id", secret: "rc-app-secret" } as const;

const CREDENTIALS = `Basic ${Buffer.from(`${APP.id}:${APP.secret}`).toString("base64")}`;
const closed = { additionalProperties: false };
const TokenForm = Type.Union([
  Type.Object(
    { grant_type: Type.Literal("authorization_code"), code: Type.String(), redirect_uri: Type.String() },
    closed,
  ),
  Type.Object(
    { grant_type: Type.Literal("urn:ietf:params:oauth:grant-type:jwt-bearer"), assertion: Type.String() },
    closed,
  ),
  Type.Object({ grant_type: Type.Literal("refresh_token"), refresh_token: Type.String() }, closed),
]);

export function oauthRoutes(app: FakeApp, { grants, limiter }: { grants: Grants; limiter: RateLimiter }): void {
  app.addHook("preHandler", async (request, reply) => {
    if (request.headers.authorization === CREDENTIALS) return;
    return reply.code(401).send(oauthRefusal("invalid_client", "OAU-146", "Invalid client credentials"));
  });

  app.post("/restapi/oauth/token", { schema: { body: TokenForm } }, (request, reply) => {
    const form = request.body;
    const credential = "code" in form ? form.code : "assertion" in form ? form.assertion : form.refresh_token;
    if (!limiter.allows(credential, "Auth", reply)) return reply;
    let tokens: TokenAnswer | undefined;
    if ("code" in form) tokens = grants.exchangeCode(form.code, form.redirect_uri);
    else if ("assertion" in form) tokens = grants.exchangeJwt(form.assertion);
    else tokens = grants.refresh(form.refresh_token);
    if (tokens !== undefined) return reply.send(tokens);
    return reply.code(400).send(oauthRefusal("invalid_grant", "OAU-213", "Token not found"));
  });

  app.post(
    "/restapi/oauth/revoke",
    { schema: { body: Type.Object({ token: Type.String() }, closed) } },
    (request, reply) => {
      grants.revoke(request.body.token);
      return reply.code(200).send();
    },
  );
}
