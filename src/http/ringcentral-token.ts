/** The RingCentral access token that comes beside the user's own: in a header, or where older clients put it. It is kept nowhere. */

import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

/** For the query of a route that needs one. */
export const RcTokenQuery = {
  rcAccessToken: Type.Optional(Type.String({ description: "Or in the header X-RC-Access-Token." })),
};

export function rcAccessTokenOf(request: FastifyRequest): string | undefined {
  return textIn(request.headers, "x-rc-access-token") ?? textIn(request.body, "rcAccessToken") ?? tokenInQuery(request);
}

/** The installed client puts both tokens into the query; those that use headers know the contract as it is today. */
export function isInstalledClient(request: FastifyRequest): boolean {
  return request.headers.authorization === undefined && textIn(request.headers, "x-rc-access-token") === undefined;
}

function tokenInQuery({ query }: FastifyRequest): string | undefined {
  return textIn(query, "rcAccessToken");
}

function textIn(members: unknown, name: string): string | undefined {
  if (typeof members !== "object" || members === null || !Object.hasOwn(members, name)) return undefined;
  const value: unknown = Reflect.get(members, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
