/** Checks of a login, and of what a session opens besides contacts and logs. */

import { at, textAt } from "../../../testing/wire.ts";
import { isNotice, isObject, isText, objectOf, reasonIn, sentenceOf } from "./answers.ts";
import { type Check, must, should, type Visit } from "./check.ts";
import type { Answer, Question } from "./http.ts";
import { platformOf } from "./platform.ts";
import { mustBeLicense } from "./strangers.ts";

/** The session goes into the query, where the installed extension has it. */
export function asUser({ ask, learnt }: Visit, question: Question): Promise<Answer> {
  const { path } = question;
  const separator = path.includes("?") ? "&" : "?";
  return ask({ ...question, path: `${path}${separator}jwtToken=${encodeURIComponent(learnt.token ?? "")}` });
}

export function withoutSession({ learnt }: Visit): string | undefined {
  return learnt.token === undefined ? (learnt.whyNoToken ?? "there is no session") : undefined;
}

export const SESSION_CHECKS: readonly Check[] = [
  {
    id: "login",
    chapter: "With a session",
    expects: "POST /apiKeyLogin answers a jwtToken, the user's name and a notice",
    why: "The extension keeps the first, shows the second, and says the third.",
    skip(visit) {
      if (visit.given.token !== undefined) return "a session was given";
      if (visit.given.apiKey === undefined) return "give --api-key or --token";
      return platformOf(visit) === "" ? "no platform is known" : undefined;
    },
    async run(visit) {
      visit.learnt.whyNoToken = "the login failed";
      const answer = await logIn(visit, visit.given.apiKey ?? "");
      const body = objectOf(answer);
      const token = at(body, "jwtToken");
      must(isText(token), `jwtToken is missing: ${answer.line}`);
      visit.learnt.token = token;
      must(isText(at(body, "name")), "name is missing");
      must(isNotice(at(body, "returnMessage")), "returnMessage lacks its message or messageType");
    },
  },
  {
    id: "session",
    chapter: "With a session",
    expects: "GET /authValidation answers successful: true",
    why: "The extension logs its user out and in again where it is not.",
    skip: withoutSession,
    async run(visit) {
      const answer = await asUser(visit, { path: "/authValidation" });
      if ([400, 401, 403].includes(answer.status)) {
        visit.learnt.token = undefined;
        visit.learnt.whyNoToken = "the session is not accepted";
      }
      const body = objectOf(answer);
      must(typeof at(body, "successful") === "boolean", answer.line);
      should(at(body, "successful") === true, `the CRM does not accept the login: ${reasonIn(body)}`);
    },
  },
  {
    id: "bearer",
    chapter: "With a session",
    expects: "a session is accepted as a Bearer header, too",
    why: "Newer extensions and services send it there, and it then stays out of access logs.",
    skip: withoutSession,
    async run({ ask, learnt }) {
      const answer = await ask({ path: "/hostname", headers: { authorization: `Bearer ${learnt.token ?? ""}` } });
      should(answer.status === 200, answer.line);
    },
  },
  {
    id: "hostname",
    chapter: "With a session",
    expects: "GET /hostname answers the CRM's host as plain text",
    why: "The extension builds links to contacts and logs with it.",
    skip: withoutSession,
    async run(visit) {
      const answer = await asUser(visit, { path: "/hostname" });
      const host = answer.status === 200 ? sentenceOf(answer) : undefined;
      must(host !== undefined && /^[\w.-]+(?::\d+)?$/.test(host.trim()), answer.line);
    },
  },
  {
    id: "license",
    chapter: "With a session",
    expects: "GET /licenseStatus answers its three members",
    why: "The extension reads them unguarded.",
    skip: withoutSession,
    run: async (visit) => mustBeLicense(await asUser(visit, { path: "/licenseStatus" })),
  },
  {
    id: "user-settings",
    chapter: "With a session",
    expects: "GET /user/settings answers an object of { value, … } by setting, never null",
    why: "The extension looks up settings in it without asking whether it is there.",
    skip: withoutSession,
    async run(visit) {
      const answer = await asUser(visit, { path: "/user/settings?rcAccountId=unknown" });
      const odd = Object.entries(objectOf(answer)).find(([, setting]) => !isObject(setting));
      should(odd === undefined, `${odd?.[0] ?? ""} is no object: ${answer.line}`);
    },
  },
];

/** As the extension posts its login form. */
export function logIn(visit: Visit, apiKey: string): Promise<Answer> {
  const platform = platformOf(visit);
  const { hostname = textAt(visit.learnt.manifest, "platforms", platform, "environment", "url") } = visit.given;
  return visit.ask({
    method: "POST",
    path: `/apiKeyLogin?state=platform=${encodeURIComponent(platform)}`,
    json: { apiKey, platform, hostname: hostOf(hostname), additionalInfo: { apiKey } },
  });
}

/** A fixed environment names a whole address. */
function hostOf(named: string): string {
  return /^https?:/.test(named) && URL.canParse(named) ? new URL(named).hostname : named;
}
