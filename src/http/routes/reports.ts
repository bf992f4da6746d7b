/** GET /ringcentral/admin/report and /ringcentral/admin/userReport, and GET /ringcentral/oauth/callback: figures for administrators. */

import { Type } from "typebox";
import { defined } from "../../sdk/defined.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { rcAccessTokenOf, RcTokenQuery } from "../ringcentral-token.ts";
import { ReturnMessage, warning } from "../return-message.ts";
import type { Services } from "../services.ts";
import { rangeFrom, said } from "../wire/report-range.ts";

const TAGS = ["reports"];
const Range = {
  ...RcTokenQuery,
  timezone: Type.Optional(Type.String({ description: "For times without an offset, such as Europe/Berlin." })),
  timeFrom: Type.Optional(Type.String({ description: "A day before timeTo unless given; at most 92 days." })),
  timeTo: Type.Optional(Type.String({ description: "Without the moment itself; now unless given." })),
};

const CallStats = {
  inboundCallCount: Type.Integer(),
  outboundCallCount: Type.Integer(),
  answeredCallCount: Type.Integer(),
  missedCallCount: Type.Integer(),
  answeredCallPercentage: Type.String(),
  totalTalkTime: Type.Number({ description: "Minutes in conversation." }),
  averageTalkTime: Type.Number({ description: "Minutes for each call with a conversation." }),
  loggedCallCount: Type.Integer({ description: "How many have a record in the CRM." }),
};
const Told = {
  successful: Type.Literal(true),
  asOf: Type.String({ description: "What came later is not counted." }),
  returnMessage: Type.Optional(ReturnMessage),
};

const CompanyReport = Type.Object({
  ...Told,
  callLogStats: Type.Array(Type.Object({ name: Type.String(), ...CallStats })),
  itemKeys: Type.Array(Type.String(), { description: "The names in callLogStats." }),
  groupedBy: Type.String(),
  groupKeys: Type.Array(Type.String(), { description: "What groupBy may be." }),
});
const ExtensionReport = Type.Object({
  ...Told,
  callLogStats: Type.Object(CallStats),
  smsLogStats: Type.Optional(
    Type.Object({
      smsSentCount: Type.Integer(),
      smsReceivedCount: Type.Integer(),
      loggedMessageCount: Type.Integer(),
    }),
  ),
});

export function reportRoutes(app: App, { reports }: Services, { userOf }: Authentication): void {
  app.get(
    "/ringcentral/admin/report",
    {
      schema: {
        summary: "A company's calls, in figures",
        description:
          "For administrators of the RingCentral account: by their token, else by the login that the same user made with /ringcentral/oauth/callback.",
        tags: TAGS,
        querystring: Type.Object({
          ...Range,
          groupBy: Type.Optional(Type.String({ description: "Company unless given; groupKeys has the others." })),
        }),
        response: { 200: CompanyReport },
      },
    },
    async (request) => {
      const { groupedBy, groups, items, ...told } = await reports.ofCompany({
        user: userOf(request),
        rcAccessToken: rcAccessTokenOf(request),
        range: rangeFrom(request.query, Date.now()),
        groupBy: said(request.query.groupBy),
      });
      return {
        ...toldAs(told),
        callLogStats: [...items],
        itemKeys: items.map(({ name }) => name),
        groupedBy,
        groupKeys: [...groups],
      };
    },
  );

  app.get(
    "/ringcentral/admin/userReport",
    {
      schema: {
        summary: "One extension's calls and texts, in figures",
        description: "For administrators, as the report of the company.",
        tags: TAGS,
        querystring: Type.Object({
          ...Range,
          rcExtensionId: Type.String({ minLength: 1, maxLength: 200, description: "~ is the administrator's own." }),
        }),
        response: { 200: ExtensionReport },
      },
    },
    async (request) => {
      const { calls, texts, ...told } = await reports.ofExtension({
        user: userOf(request),
        rcAccessToken: rcAccessTokenOf(request),
        range: rangeFrom(request.query, Date.now()),
        rcExtensionId: request.query.rcExtensionId,
      });
      return { ...toldAs(told), callLogStats: calls, ...defined({ smsLogStats: texts }) };
    },
  );

  app.get(
    "/ringcentral/oauth/callback",
    {
      schema: {
        summary: "Log in at RingCentral as an administrator, for reports",
        description: "With the code of RingCentral's authorisation page. Kept, sealed, until the user logs out here.",
        tags: TAGS,
        querystring: Type.Object({ code: Type.String({ minLength: 1 }) }),
        response: { 200: Type.Object({ successful: Type.Literal(true) }) },
      },
    },
    async (request) => {
      await reports.connect(userOf(request), request.query.code);
      return { successful: true as const };
    },
  );
}

function toldAs({ asOf, problems }: { asOf: number; problems: readonly { userMessage: string }[] }) {
  const sentences = problems.map(({ userMessage }) => userMessage).join(" ");
  const at = new Date(asOf).toISOString();
  return {
    successful: true as const,
    asOf: at,
    ...(sentences === "" ? {} : { returnMessage: warning(`As of ${at}. ${sentences}`) }),
  };
}
