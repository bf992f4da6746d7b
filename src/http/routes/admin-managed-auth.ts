/** GET and POST /admin/managedAuth, POST /admin/managedAuth/options: what an administrator fills into the login form for their company. */

import { type Static, Type } from "typebox";
import { accountOf } from "../../core/admin/administrators.ts";
import type { ManagedChange } from "../../core/admin/managed-auth.ts";
import { badInput } from "../../sdk/errors.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { nullMeansAbsent } from "../request-body.ts";
import { rcAccessTokenOf, RcTokenQuery } from "../ringcentral-token.ts";
import type { Services } from "../services.ts";

const Values = Type.Record(Type.String(), Type.Unknown());
const Field = Type.Object({ const: Type.String() }, { additionalProperties: true });
/** A value is never told: whoever may fill it in need not read it. */
const Kept = Type.Record(Type.String(), Type.Object({ hasValue: Type.Boolean(), value: Type.Literal("") }));

const Overview = Type.Object({
  hasManagedAuth: Type.Boolean(),
  fields: Type.Array(Field),
  orgFields: Type.Array(Field),
  userFields: Type.Array(Field),
  orgValues: Kept,
  userValues: Type.Array(Type.Object({ rcExtensionId: Type.String(), rcUserName: Type.String(), fields: Kept })),
});

const Change = {
  values: Type.Optional(Values),
  fieldsToRemove: Type.Optional(Type.Array(Type.String())),
};
const Body = Type.Object(
  {
    scope: Type.Union([Type.Literal("org"), Type.Literal("user")]),
    rcExtensionId: Type.Optional(Type.Union([Type.String({ pattern: "^\\d{1,20}$" }), Type.Integer({ minimum: 0 })])),
    rcUserName: Type.Optional(Type.String({ maxLength: 200 })),
    ...Change,
  },
  { additionalProperties: true },
);

export function adminManagedAuthRoutes(app: App, services: Services, { userOf }: Authentication): void {
  const { administrators, managedAuth } = services;

  app.get(
    "/admin/managedAuth",
    {
      schema: {
        summary: "What is filled into the login form for the company",
        description: "Says of each field whether it has a value, never which.",
        tags: ["administration"],
        querystring: Type.Object(RcTokenQuery),
        response: { 200: Overview },
      },
    },
    async (request) => {
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      const found = await managedAuth.read(accountOf(userOf(request), administrator));
      return {
        hasManagedAuth: found.managed.length > 0,
        fields: [...found.managed],
        orgFields: [...found.ofAccount],
        userFields: [...found.ofUser],
        orgValues: withoutValues(found.forAccount),
        userValues: found.forUsers.map(({ has, ...user }) => ({ ...user, fields: withoutValues(has) })),
      };
    },
  );

  app.post(
    "/admin/managedAuth",
    {
      preValidation: nullMeansAbsent,
      schema: {
        summary: "Fill in the login form for the company, or for one extension",
        description: "A blank value leaves what is kept; `fieldsToRemove` takes it away.",
        tags: ["administration"],
        querystring: Type.Object(RcTokenQuery),
        body: Body,
        response: { 200: Type.String() },
      },
    },
    async (request, reply) => {
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      const user = userOf(request);
      await managedAuth.save(accountOf(user, administrator), user, changeFrom(request.body));
      // The published document has it as HTML; no browser is shown it as a page.
      void reply.type("text/html; charset=utf-8").header("x-content-type-options", "nosniff");
      return "Shared authentication updated";
    },
  );
}

/** Asked before anybody has logged in to the CRM: the account is that of the token. */
export function managedAuthOptionsRoute(app: App, { administrators, managedAuth }: Services): void {
  app.post(
    "/admin/managedAuth/options",
    {
      preValidation: nullMeansAbsent,
      schema: {
        summary: "What may be chosen for a field of the login form",
        tags: ["administration"],
        querystring: Type.Object({ ...RcTokenQuery, platform: Type.String({ minLength: 1 }) }),
        body: Type.Object(
          { fieldConst: Type.String({ minLength: 1 }), accountValues: Type.Optional(Values) },
          { additionalProperties: true },
        ),
        response: { 200: Type.Array(Type.Object({ value: Type.String(), label: Type.String() })) },
      },
    },
    async (request) => {
      const administrator = await administrators.administratorOf(rcAccessTokenOf(request));
      const { fieldConst, accountValues = {} } = request.body;
      return managedAuth.options(request.query.platform, administrator, { fieldConst, accountValues });
    },
  );
}

function changeFrom(body: Static<typeof Body>): ManagedChange {
  const { scope, rcExtensionId, rcUserName, values = {}, fieldsToRemove = [] } = body;
  if (scope === "org") return { user: undefined, values, fieldsToRemove };
  if (rcExtensionId === undefined) throw badInput("rcExtensionId", "is required for the scope user");
  return { user: { rcExtensionId: String(rcExtensionId), rcUserName }, values, fieldsToRemove };
}

function withoutValues(has: Readonly<Record<string, boolean>>): Static<typeof Kept> {
  return Object.fromEntries(Object.entries(has).map(([name, hasValue]) => [name, { hasValue, value: "" as const }]));
}
