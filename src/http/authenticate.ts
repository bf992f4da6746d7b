/** From `?jwtToken=` or a Bearer header to the connected user, before a byte of the body is read. */

import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";
import { notConnected } from "../core/credentials.ts";
import type { SessionTokens } from "../core/session-tokens.ts";
import type { StoredUser } from "../store/users.ts";

/** The header in which a fresh token is offered; the client's newer versions store it. */
export const REFRESHED_TOKEN_HEADER = "x-refreshed-jwt-token";

declare module "fastify" {
  interface FastifyRequest {
    /** Whom `requireUser` has recognised. */
    connectedUser: StoredUser | null;
  }
}

export interface Authentication {
  /** Runs first on every route that needs a user; refuses with the sentence that the client shows. */
  requireUser(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void;
  /** The user of a request that passed `requireUser`. */
  userOf(request: FastifyRequest): StoredUser;
  /** For the one route that answers strangers too. */
  userIfAny(request: FastifyRequest, reply: FastifyReply): Promise<StoredUser | undefined>;
}

export function createAuthentication({ tokens }: { tokens: SessionTokens }): Authentication {
  async function userIfAny(request: FastifyRequest, reply: FastifyReply): Promise<StoredUser | undefined> {
    const token = tokenOf(request);
    const session = token === undefined ? undefined : await tokens.recognise(token);
    if (session?.user.connected !== true) return undefined;
    if (session.refreshedToken !== undefined) void reply.header(REFRESHED_TOKEN_HEADER, session.refreshedToken);
    return session.user;
  }

  return {
    userIfAny,
    requireUser(request, reply, done) {
      const recognised = (user: StoredUser | undefined) => {
        request.connectedUser = user ?? null;
        done(user === undefined ? notConnected() : undefined);
      };
      const token = tokenOf(request);
      const known = token === undefined ? undefined : tokens.recogniseAtOnce(token);
      // Nobody whom we remember waits for a turn of the event loop.
      if (known?.connected === true) recognised(known);
      else userIfAny(request, reply).then(recognised, done);
    },
    userOf({ connectedUser: user }) {
      if (user === null) throw new Error("This route was registered without authentication.");
      return user;
    },
  };
}

function tokenOf(request: FastifyRequest): string | undefined {
  const { headers, query } = request;
  const { authorization } = headers;
  const bearer = authorization === undefined ? undefined : /^bearer +(.+)$/i.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer.trim();
  if (typeof query !== "object" || query === null || !("jwtToken" in query)) return undefined;
  return typeof query.jwtToken === "string" && query.jwtToken !== "" ? query.jwtToken : undefined;
}
