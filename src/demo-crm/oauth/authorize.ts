/** GET and POST /oauth/authorize: shows who asks for what, and sends the person back with a code. */

import type { FastifyReply } from "fastify";
import { type Static, Type } from "typebox";

import type { App } from "../app.ts";
import { consentPage } from "../pages/consent-page.ts";
import { messagePage } from "../pages/message-page.ts";
import { sendPage } from "../pages/send-page.ts";
import type { Users } from "../store/users.ts";
import { isAllowedRedirect, isClient } from "./client.ts";
import type { Grants } from "./grants.ts";

const field = Type.Optional(Type.String({ maxLength: 4000 }));
/** Anything else in the address is dropped: it must not become a field of the form. */
const AuthorizationRequest = Type.Object(
  {
    response_type: field,
    client_id: field,
    redirect_uri: field,
    state: field,
    scope: field,
    code_challenge: field,
    code_challenge_method: field,
  },
  { additionalProperties: false },
);
const Decision = Type.Object({ ...AuthorizationRequest.properties, user: field, decision: field });

type AuthorizationRequest = Static<typeof AuthorizationRequest>;

export function authorizeRoutes(app: App, { users, grants }: { users: Users; grants: Grants }): void {
  const ask = { schema: { querystring: AuthorizationRequest }, attachValidation: true };
  app.get("/oauth/authorize", ask, async ({ query, validationError }, reply) => {
    const redirectUri = validationError ? undefined : trustedRedirect(query);
    if (redirectUri === undefined) return refusePage(reply, validationError?.message);
    const problem = problemOf(query);
    if (problem) return sendBack(reply, redirectUri, { error: problem, state: query.state });
    return sendPage(reply, consentPage({ request: query, users: users.list(), redirectUri }), {
      // A redirect that answers a form counts as its target too.
      formTargets: [new URL(redirectUri).origin],
    });
  });

  const decide = { schema: { body: Decision }, attachValidation: true };
  app.post("/oauth/authorize", decide, async ({ body, validationError }, reply) => {
    const redirectUri = validationError ? undefined : trustedRedirect(body);
    if (redirectUri === undefined) return refusePage(reply, validationError?.message);
    const { state, scope = "crm", code_challenge: codeChallenge = null } = body;
    const user = body.user === undefined ? users.list()[0] : users.get(body.user);
    const problem = problemOf(body) ?? (user ? undefined : "invalid_request");
    if (problem || !user) return sendBack(reply, redirectUri, { error: problem, state });
    if (body.decision === "deny") return sendBack(reply, redirectUri, { error: "access_denied", state });
    const code = grants.newCode({ userId: user.id, redirectUri, scope, codeChallenge });
    return sendBack(reply, redirectUri, { code, state });
  });
}

/** Where errors may be sent to; undefined when nobody may be sent anywhere. */
function trustedRedirect({
  client_id: clientId = "",
  redirect_uri: uri = "",
}: AuthorizationRequest): string | undefined {
  return isClient(clientId) && isAllowedRedirect(uri) ? uri : undefined;
}

function problemOf(request: AuthorizationRequest): string | undefined {
  if (request.response_type !== "code") return "unsupported_response_type";
  const { code_challenge: challenge, code_challenge_method: method } = request;
  if (challenge === undefined && method === undefined) return undefined;
  return method === "S256" && /^[\w-]{43}$/.test(challenge ?? "") ? undefined : "invalid_request";
}

/** Encoded by hand, so that neither the registered address nor the client's state is respelled. */
function sendBack(reply: FastifyReply, redirectUri: string, answer: Record<string, string | undefined>): FastifyReply {
  const parameters = Object.entries(answer)
    .filter(([, value]) => value !== undefined)
    .map(([name, value = ""]) => `${name}=${encodeURIComponent(value)}`);
  return reply.redirect(`${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${parameters.join("&")}`, 302);
}

function refusePage(reply: FastifyReply, problem?: string): FastifyReply {
  const text =
    problem ?? "The application that sent you here, or the address to return to, is not known to the Demo CRM.";
  return sendPage(reply, messagePage({ title: "This sign-in cannot go on", text }), { status: 400 });
}
