/** GET /debug/report/url and the report behind it: made here, read by whoever the user gives the address, sent to nobody. */

import { Type } from "typebox";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import type { Services } from "../services.ts";

const OVER = "This address is no longer good. Ask for a new one: each opens its report for five minutes.";
const NO_UPLOADS =
  "Trunkline takes no reports from clients. Open this address in a browser to read what the server knows.";

const Token = Type.Object({ token: Type.String({ minLength: 1 }) });

export function debugReportUrlRoute(app: App, { debugReports, site }: Services, { userOf }: Authentication): void {
  app.get(
    "/debug/report/url",
    {
      schema: {
        summary: "An address at which this user's report can be read",
        description:
          "Whoever has the address can read the report for five minutes: the version, settings and latest logs of this user, without secrets and without what was noted.",
        tags: ["session"],
        response: { 200: Type.Object({ presignedUrl: Type.String() }) },
      },
    },
    (request) => ({
      presignedUrl: `${site.serverUrl}/debug/report?token=${debugReports.tokenFor(userOf(request))}`,
    }),
  );
}

/** The token is all that is asked for, so these stand outside the door. */
export function debugReportRoutes(app: App, { debugReports }: Services): void {
  app.get(
    "/debug/report",
    {
      schema: {
        summary: "A user's report, under an address from /debug/report/url",
        tags: ["session"],
        querystring: Token,
        response: { 200: Type.Record(Type.String(), Type.Unknown()), 404: Type.String() },
      },
    },
    async (request, reply) => {
      void reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
      const report = await debugReports.read(request.query.token);
      if (report !== undefined) return report;
      void reply.code(404).type("text/plain; charset=utf-8");
      return OVER;
    },
  );

  // App Connect's server has its clients put their own report there.
  app.put(
    "/debug/report",
    {
      schema: {
        summary: "Not taken",
        tags: ["session"],
        querystring: Token,
        response: { 405: Type.String() },
      },
    },
    async (_request, reply) => {
      void reply.code(405).header("allow", "GET").type("text/plain; charset=utf-8");
      return NO_UPLOADS;
    },
  );
}
