/** GET and POST /admin/serverLoggingSettings: what the CRM wants to know of a user before it is logged to without a browser. */

import { Type } from "typebox";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { ReturnMessage, success } from "../return-message.ts";
import type { Services } from "../services.ts";

const Values = Type.Record(Type.String(), Type.Unknown());

/** They are the user's own, so no administrator is asked for: App Connect's document, "serverLoggingSettings". */
export function adminServerLoggingRoutes(app: App, { loggingFields }: Services, { userOf }: Authentication): void {
  const querystring = Type.Object({ rcAccountId: Type.Optional(Type.String()) });

  app.get(
    "/admin/serverLoggingSettings",
    {
      schema: {
        summary: "What was filled in for logging without a browser",
        tags: ["administration"],
        querystring,
        response: { 200: Values },
      },
    },
    (request) => loggingFields.read(userOf(request)),
  );

  app.post(
    "/admin/serverLoggingSettings",
    {
      schema: {
        summary: "Fill in what logging without a browser needs",
        description:
          "Takes the place of what was filled in before. Fields that the CRM's manifest does not name are left aside.",
        tags: ["administration"],
        querystring,
        body: Type.Object({ additionalFieldValues: Values }, { additionalProperties: true }),
        response: { 200: Type.Object({ successful: Type.Boolean(), returnMessage: ReturnMessage }) },
      },
    },
    async (request) => {
      await loggingFields.save(userOf(request), request.body.additionalFieldValues);
      return { successful: true, returnMessage: success("Server-side logging settings saved.") };
    },
  );
}
