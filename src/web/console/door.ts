/** The console's door: in with the admin token, out again, and nothing changed by a request that another site made. */

import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { App } from "../../http/app.ts";
import type { ManifestSite } from "../../sdk/connector.ts";
import type { AdminSessions } from "./admin-session.ts";
import { createWrongTokens } from "./wrong-tokens.ts";

export const SESSION_COOKIE = "trunkline_console";
/** A site of somebody else's cannot set it without asking us first, and is not allowed to. */
const OWN_HEADER = "x-trunkline-console";

export interface DoorOptions {
  sessions: AdminSessions;
  site: ManifestSite;
}

export function doorRoutes(app: App, { sessions, site }: DoorOptions): void {
  const wrongTokens = createWrongTokens();
  const isSecure = () => site.serverUrl.startsWith("https:");
  const cookie = () => ({ path: "/console", httpOnly: true, sameSite: "strict", secure: isSecure() }) as const;
  app.addHook("onRequest", onlyFromOurPage(site));

  app.get("/console/session", { schema: { hide: true } }, (request) => ({
    isIn: sessions.expiryOf(request.cookies[SESSION_COOKIE], Date.now()) !== undefined,
  }));

  app.post(
    "/console/login",
    { schema: { hide: true, body: Type.Object({ token: Type.String({ maxLength: 1_000 }) }) } },
    (request, reply) => {
      const now = Date.now();
      const wait = wrongTokens.waitOf(request.ip, now);
      if (wait > 0) {
        const minutes = Math.ceil(wait / 60_000);
        void reply.header("retry-after", Math.ceil(wait / 1000));
        return sentence(reply, 429, `Too many wrong tokens came from here. Please wait ${minutes} min and try again.`);
      }
      if (!sessions.isToken(request.body.token.trim())) {
        wrongTokens.remember(request.ip, now);
        request.log.warn("somebody entered a wrong admin token");
        return sentence(reply, 401, "This is not the admin token. It is TRUNKLINE_ADMIN_TOKEN of this server.");
      }
      const { cookie: value, expiresAt } = sessions.begin(now);
      request.log.info("an administrator came in");
      return reply
        .setCookie(SESSION_COOKIE, value, { ...cookie(), maxAge: Math.floor((expiresAt - now) / 1000) })
        .send({ expiresAt });
    },
  );

  app.post("/console/logout", { schema: { hide: true } }, (_request, reply) =>
    reply.clearCookie(SESSION_COOKIE, cookie()).send({ loggedOut: true }),
  );
}

/** Nothing without a cookie that still holds. */
export function onlyForAdmins({ sessions }: Pick<DoorOptions, "sessions">) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const expiresAt = sessions.expiryOf(request.cookies[SESSION_COOKIE], Date.now());
    return expiresAt === undefined ? sentence(reply, 401, "Please enter the admin token.") : undefined;
  };
}

/** The cookie is SameSite=Strict; this holds for browsers that know no such thing, and for sites beside us on the same host name. */
export function onlyFromOurPage(site: ManifestSite) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (request.method === "GET") return undefined;
    const { origin, "sec-fetch-site": from } = request.headers;
    const isForeign = origin !== undefined && !isOurs(origin, request.host, site);
    const isMarked = request.headers[OWN_HEADER] === "1";
    if (isMarked && !isForeign && (from === undefined || from === "same-origin")) return undefined;
    return sentence(
      reply,
      403,
      "This request did not come from the console's own page. Behind a proxy, set APP_SERVER to the public address.",
    );
  };
}

export function sentence(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type("text/plain; charset=utf-8").send(text);
}

function isOurs(origin: string, host: string, { serverUrl }: ManifestSite): boolean {
  if (!URL.canParse(origin)) return false;
  const { host: originHost, origin: whole } = new URL(origin);
  return originHost === host || (URL.canParse(serverUrl) && whole === new URL(serverUrl).origin);
}
