/** GET /apiKeyManagedAuthState: what of a CRM's login form is filled in already for the person who asks. */

import { Type } from "typebox";
import type { App } from "../app.ts";
import { rcAccessTokenOf, RcTokenQuery } from "../ringcentral-token.ts";
import type { Services } from "../services.ts";

const State = Type.Object({
  hasManagedAuth: Type.Boolean(),
  allRequiredFieldsSatisfied: Type.Boolean(),
  visibleFieldConsts: Type.Union([Type.Null(), Type.Array(Type.String())], {
    description: "What the form should show; null: all of it.",
  }),
  missingRequiredFieldConsts: Type.Array(Type.String()),
  fallbackToManualAuth: Type.Boolean(),
});

/** Nobody has logged in to the CRM yet: who asks, and for which account, is RingCentral's word alone. */
export function managedAuthStateRoute(app: App, { administrators, managedAuth }: Services): void {
  app.get(
    "/apiKeyManagedAuthState",
    {
      schema: {
        summary: "What administrators have filled into the login form",
        description: "Names fields, never values.",
        tags: ["login"],
        querystring: Type.Object({ ...RcTokenQuery, platform: Type.String({ minLength: 1 }) }),
        response: { 200: State },
      },
    },
    async (request) => {
      const holder = await administrators.holderOf(rcAccessTokenOf(request));
      const { isManaged, missing, satisfied, visible, wasRefused } = await managedAuth.stateFor(
        request.query.platform,
        holder,
      );
      return {
        hasManagedAuth: isManaged,
        allRequiredFieldsSatisfied: satisfied,
        visibleFieldConsts: visible ?? null,
        missingRequiredFieldConsts: missing,
        fallbackToManualAuth: wasRefused,
      };
    },
  );
}
