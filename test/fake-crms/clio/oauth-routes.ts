/** POST /oauth/token with the app's credentials in the form, and POST /oauth/deauthorize with the user's own token. */

import { Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import type { Grants } from "./grants.ts";

/** The apps that are registered, one in each region that the tests use. */
export const CLIENTS = {
  us: { id: "us-app-key", secret: "us-app-secret" },
  eu: { id: "eu-app-key", secret: "eu-app-secret" },
} as const;

const REDIRECT_URI = "https://ringcentral.github.io/ringcentral-embeddable/redirect.html";

const Client = { client_id: Type.String(), client_secret: Type.String() };
const TokenForm = Type.Union([
  Type.Object(
    {
      ...Client,
      grant_type: Type.Literal("authorization_code"),
      code: Type.String(),
      redirect_uri: Type.Literal(REDIRECT_URI),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { ...Client, grant_type: Type.Literal("refresh_token"), refresh_token: Type.String() },
    { additionalProperties: false },
  ),
]);

export function oauthRoutes(app: FakeApp, { grants }: { grants: Grants }): void {
  app.post("/oauth/token", { schema: { body: TokenForm } }, (request, reply) => {
    const form = request.body;
    const isKnown = Object.values(CLIENTS).some(
      ({ id, secret }) => id === form.client_id && secret === form.client_secret,
    );
    if (!isKnown) return reply.code(401).send({ error: "invalid_client" });
    const tokens =
      form.grant_type === "refresh_token"
        ? grants.refresh(form.refresh_token, form.client_id)
        : grants.exchange(form.code, form.client_id);
    return tokens === undefined ? reply.code(400).send({ error: "invalid_grant" }) : reply.send(tokens);
  });

  app.post("/oauth/deauthorize", (request, reply) => {
    const token = (request.headers.authorization ?? "").replace("Bearer ", "");
    if (grants.userOf(token) === undefined) return reply.code(401).send({ error: "invalid_token" });
    grants.revoke(token);
    return reply.code(200).send();
  });
}
