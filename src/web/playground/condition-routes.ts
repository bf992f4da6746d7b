/** Makes the Demo CRM beside the server well or ill: its /control, as far as the page needs it and nothing more. */

import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { App } from "../../http/app.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import { CONDITIONS, conditionIn, faultsOf } from "./conditions.ts";
import type { DemoCrmBeside } from "./demo-crm-beside.ts";

const CONTROL_WITHIN_MS = 5_000;
const Body = Type.Object({ condition: Type.Enum([...CONDITIONS]) });

export function conditionRoutes(app: App, { url }: DemoCrmBeside): void {
  const hidden = { hide: true };

  app.get("/playground/demo-crm/condition", { schema: hidden }, async () => ({ condition: await control(url) }));

  app.put("/playground/demo-crm/condition", { schema: { ...hidden, body: Body } }, async (request, reply) => {
    if (!isFromThePage(request)) {
      return reply.code(403).type("text/plain").send("The Demo CRM takes orders from its own playground only.");
    }
    return { condition: await control(url, faultsOf(request.body.condition)) };
  });
}

/** The contract's routes answer every origin; this one does things to a CRM, so another site's page is refused. */
function isFromThePage({ headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** Orders faults where there are some to order; answers how the Demo CRM is then. */
async function control(url: string, faults?: object[]) {
  try {
    const answer = await fetch(`${url}/control/faults`, {
      signal: AbortSignal.timeout(CONTROL_WITHIN_MS),
      ...(faults && {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(faults),
      }),
    });
    return conditionIn(await answer.json()) ?? "other";
  } catch (thrown) {
    throw new TrunklineError("crm-unreachable", "The Demo CRM does not answer. Is it still running?", {
      cause: thrown,
    });
  }
}
