/** For CRMs that list Trunkline in a marketplace: the page people are sent back to, and the call when somebody uninstalls. */

import { createHash, timingSafeEqual } from "node:crypto";
import { Type } from "typebox";
import type { Connector } from "../../sdk/connector.ts";
import { badInput } from "../../sdk/errors.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

/** The extension's own script reads the page's address and writes its progress into `rc-stepper` (contract.md, §3.2). */
const REDIRECT_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Connecting</title>
<body>
<main id="rc-stepper">
<h1>Connecting to your phone</h1>
<p>The browser extension finishes this by itself. If nothing happens within a few seconds, install or open the extension and try again.</p>
</main>
`;

export function marketplaceRoutes(app: App, { connectors, users }: Services): void {
  for (const connector of connectors.offered) {
    const { marketplace } = connector;
    if (marketplace === undefined) continue;

    app.get(
      marketplace.redirectPath,
      { schema: { summary: `Where ${connector.displayName} sends people back to`, tags: ["login"] } },
      (_request, reply) =>
        reply
          .type("text/html; charset=utf-8")
          .headers({
            "content-security-policy": "default-src 'none'",
            "referrer-policy": "no-referrer",
            "cache-control": "no-store",
          })
          .send(REDIRECT_PAGE),
    );

    app.delete(
      marketplace.redirectPath,
      {
        schema: {
          summary: `Somebody uninstalled the app in ${connector.displayName}`,
          description:
            "Authenticated with the app's own credentials. Removes that user of that company, and nobody else.",
          tags: ["login"],
          body: Type.Record(Type.String(), Type.Unknown()),
          response: { 200: Type.Object({ successful: Type.Boolean() }), 401: Type.String() },
        },
      },
      async (request, reply) => {
        if (!isTheCrm(connector, connectors.site.environment, request.headers.authorization)) {
          return reply
            .code(401)
            .header("www-authenticate", "Basic")
            .type("text/plain")
            .send("These are not the app's credentials.");
        }
        const identity = marketplace.uninstalledBy(request.body);
        if (identity === undefined) throw badInput("company_id and user_id", "are required");
        const { tenant, userId } = identity;
        return { successful: await users.remove({ platform: connector.platform, tenant, crmUserId: userId }) };
      },
    );
  }
}

function isTheCrm(
  { marketplace }: Connector,
  environment: Services["site"]["environment"],
  authorization: string | undefined,
): boolean {
  const client = marketplace?.client(environment);
  if (client === undefined || authorization === undefined) return false;
  const expected = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`;
  return timingSafeEqual(digest(authorization), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
