/** From `?jwtToken=` or a Bearer header to the connected user, before a byte of the body is read. */

import type { FastifyReply, FastifyRequest } from "fastify";
import { notConnected } from "../core/credentials.ts";
import type { SessionTokens } from "../core/session-tokens.ts";
import type { StoredUser } from "../store/users.ts";

/** The header in which a fresh token is offered; the client's newer versions store it. */
export const REFRESHED_TOKEN_HEADER = "x-refreshed-jwt-token";

export interface Authentication {
  /** Runs first on every route that needs a user; refuses with the sentence that the client shows. */
  requireUser(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** The user of a request that passed `requireUser`. */
  userOf(request: FastifyRequest): StoredUser;
  /** For the one route that answers strangers too. */
  userIfAny(request: FastifyRequest, reply: FastifyReply): Promise<StoredUser | undefined>;
}

export function createAuthentication({ tokens }: { tokens: SessionTokens }): Authentication {
  const users = new WeakMap<FastifyRequest, StoredUser>();

  async function userIfAny(request: FastifyRequest, reply: FastifyReply): Promise<StoredUser | undefined> {
    const token = tokenOf(request);
    const session = token === undefined ? undefined : await tokens.recognise(token);
    if (session?.user.connected !== true) return undefined;
    if (session.refreshedToken !== undefined) void reply.header(REFRESHED_TOKEN_HEADER, session.refreshedToken);
    return session.user;
  }

  return {
    userIfAny,
    async requireUser(request, reply) {
      const user = await userIfAny(request, reply);
      if (user === undefined) throw notConnected();
      users.set(request, user);
    },
    userOf(request) {
      const user = users.get(request);
      if (user === undefined) throw new Error("This route was registered without authentication.");
      return user;
    },
  };
}

function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^bearer +(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer.trim();
  const { query } = request;
  if (typeof query !== "object" || query === null || !("jwtToken" in query)) return undefined;
  return typeof query.jwtToken === "string" && query.jwtToken !== "" ? query.jwtToken : undefined;
}
