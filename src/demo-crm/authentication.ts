/** Who is asking: an API key as the Basic user name, or an access token of the CRM's own OAuth server. */

import type { FastifyReply, FastifyRequest } from "fastify";

import type { App } from "./app.ts";
import type { Grants } from "./oauth/grants.ts";
import { Refusal } from "./refusals.ts";
import { basicCredentials } from "./secrets.ts";
import type { User, Users } from "./store/users.ts";

/** Lets nobody in without credentials, and leaves who it was for `userOf`. */
export function requireUser(app: App, { users, grants }: { users: Users; grants: Grants }): void {
  app.decorateRequest("demoCrmUser");
  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const header = request.headers.authorization;
    const user = userWithKey(users, header) ?? userWithToken(users, grants, header);
    if (user) return request.setDecorator("demoCrmUser", user);
    reply.header("www-authenticate", 'Basic realm="Demo CRM", charset="UTF-8", Bearer realm="Demo CRM"');
    throw new Refusal(401, "Give a valid API key as the Basic user name, or a valid access token as Bearer.");
  });
}

export function userOf(request: FastifyRequest): User {
  return request.getDecorator<User>("demoCrmUser");
}

/** The password is not looked at: any or none will do. */
function userWithKey(users: Users, header: string | undefined): User | undefined {
  const credentials = basicCredentials(header);
  return credentials && users.withApiKey(credentials.name);
}

function userWithToken(users: Users, grants: Grants, header: string | undefined): User | undefined {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  const userId = token && grants.userIdOf(token);
  return userId ? users.get(userId) : undefined;
}
