/** GET /accountData: lists of the user's company in its CRM, such as activity types. */

import { Type } from "typebox";
import { badInput } from "../../sdk/errors.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { orFailure } from "../errors.ts";
import { ReturnMessage, warning } from "../return-message.ts";
import type { Services } from "../services.ts";

/** More than any connector has. */
const MOST_KEYS = 20;

const Answer = Type.Object({
  successful: Type.Boolean(),
  data: Type.Optional(Type.Record(Type.String(), Type.Array(Type.Object({}, { additionalProperties: true })))),
  returnMessage: Type.Optional(ReturnMessage),
});

export function accountListRoutes(app: App, { accountLists }: Services, { userOf }: Authentication): void {
  app.get(
    "/accountData",
    {
      schema: {
        summary: "Lists that the CRM keeps for a whole company",
        description:
          "Read at most once a day for all users of a company, unless the connector says otherwise. While the CRM cannot be asked, they are as they were, and returnMessage says so.",
        tags: ["contacts"],
        querystring: Type.Object({
          keys: Type.String({ description: "Names of lists, with commas between." }),
          forceRefresh: Type.Optional(Type.String({ description: '"true" asks the CRM in any case.' })),
        }),
        response: { 200: Answer },
      },
    },
    async (request) => {
      const { forceRefresh, keys } = request.query;
      const names = [...new Set(keys.split(",").map((key) => key.trim()))].filter((key) => key !== "");
      if (names.length === 0) throw badInput("keys", "must name at least one list");
      if (names.length > MOST_KEYS) throw badInput("keys", `must name no more than ${MOST_KEYS} lists`);
      return orFailure({}, async () => {
        const { lists, stale } = await accountLists.read(userOf(request), names, forceRefresh === "true");
        return {
          successful: true,
          data: lists,
          ...(stale && { returnMessage: warning(`${stale.userMessage} The lists are shown as they were before.`) }),
        };
      });
    },
  );
}
