/** POST /admin/userMapping and /admin/reinitializeUserMapping: which extension belongs to which user of the CRM. */

import { Type } from "typebox";
import { accountOf } from "../../core/admin/administrators.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { nullMeansAbsent } from "../request-body.ts";
import { isInstalledClient, rcAccessTokenOf, RcTokenQuery } from "../ringcentral-token.ts";
import type { Services } from "../services.ts";
import { extensionFrom, WireExtension, WireMappedUser, wireMappedUser } from "../wire/user-mappings.ts";

/** Every extension of a large company. */
const EXTENSION_LIST_BYTES = 4 * 1024 * 1024;

const ROUTES = [
  {
    url: "/admin/userMapping",
    afresh: false,
    summary: "Who is who in RingCentral and the CRM",
    description: "What was said before stays. Others are found by e-mail address, else by name, and kept.",
  },
  {
    url: "/admin/reinitializeUserMapping",
    afresh: true,
    summary: "Find out anew who is who",
    description: "Forgets what was said before.",
  },
] as const;

export function adminUserMappingRoutes(app: App, services: Services, { userOf }: Authentication): void {
  const { administrators, userMappings } = services;
  for (const { url, afresh, summary, description } of ROUTES) {
    app.post(
      url,
      {
        bodyLimit: EXTENSION_LIST_BYTES,
        preValidation: nullMeansAbsent,
        schema: {
          summary,
          description,
          tags: ["administration"],
          querystring: Type.Object(RcTokenQuery),
          body: Type.Object({ rcExtensionList: Type.Array(WireExtension) }, { additionalProperties: true }),
          // Clients that put the tokens into the query get one object, others a list.
          response: { 200: Type.Array(WireMappedUser) },
        },
      },
      async (request) => {
        const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
        const user = userOf(request);
        const extensions = request.body.rcExtensionList.map(extensionFrom);
        const mapped = await userMappings.resolve(user, accountOf(user, administrator), { extensions, afresh });
        return mapped.map((one) => wireMappedUser(one, isInstalledClient(request)));
      },
    );
  }
}
