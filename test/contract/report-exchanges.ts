/** A visit to administrators' reports, and to the login at RingCentral that they can be read with. */

import type { Exchange } from "./exchange.ts";
import { noToken } from "./without-session.ts";

const ADMIN = "administrator" as const;
const COMPANY = "GET /ringcentral/admin/report";
const PERSON = "GET /ringcentral/admin/userReport";
const CALLBACK = "GET /ringcentral/oauth/callback";
const lastHour = () => {
  const [from, to] = [Date.now() - 3_600_000, Date.now()].map((at) => new Date(at).toISOString());
  return `timezone=America/Los_Angeles&timeFrom=${from}&timeTo=${to}`;
};
const codeOf =
  (who: "administrator" | "agent"): Exclude<Exchange["query"], string | undefined> =>
  async ({ running }, { codeFor }) =>
    `code=${codeFor(who, `${running.url}/ringcentral/oauth/callback`)}`;

export const reports: Exchange[] = [
  ...[COMPANY, PERSON].flatMap((route): Exchange[] => [
    { route, query: "rcExtensionId=~", status: 403, says: /^Only an administrator/ },
    { holding: "agent", route, query: "rcExtensionId=~", status: 403, says: /^Only an administrator/ },
    { holding: "worthless", route, query: "rcExtensionId=~", status: 400, says: /RingCentral no longer accepts/ },
    { holding: ADMIN, route, query: "rcExtensionId=~&timezone=Mars", status: 400, says: /^timezone must be/ },
    ...noToken(route, "rcExtensionId=~"),
  ]),
  // Whoever has not chosen a group sends the word.
  {
    holding: ADMIN,
    route: COMPANY,
    query: async () => `${lastHour()}&groupBy=undefined`,
    status: 200,
    says: /"name":"Company","inboundCallCount":0,.*"groupedBy":"Company","groupKeys":\["Company",/,
  },
  { holding: ADMIN, route: COMPANY, query: "groupBy=IVAs", status: 400, says: /^groupBy must be one of/ },
  { route: CALLBACK, query: codeOf("agent"), status: 403, says: /^Only an administrator/ },
  { route: CALLBACK, query: "code=made-up", status: 400, says: /did not grant access/ },
  { route: CALLBACK, status: 400, says: /^code is required/ },
  ...noToken(CALLBACK, "code=made-up"),
  { route: CALLBACK, query: codeOf("administrator"), status: 200, says: /^\{"successful":true\}$/ },
  { route: COMPANY, query: async () => `${lastHour()}&groupBy=Users`, status: 200, says: /"itemKeys":\["Ann Admin"/ },
  {
    route: PERSON,
    query: async () => `rcExtensionId=~&${lastHour()}`,
    status: 200,
    says: /"answeredCallPercentage":"0%".*"smsLogStats":\{"smsSentCount":0/,
  },
  { route: PERSON, status: 400, says: /^rcExtensionId is required/ },
  { route: PERSON, query: "rcExtensionId=1", status: 400, says: /^rcExtensionId names nobody/ },
];
