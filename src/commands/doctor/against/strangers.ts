/** Checks of what a server answers to somebody without a session, or with one that is worth nothing. */

import { createHmac } from "node:crypto";
import { at } from "../../../testing/wire.ts";
import { isRefusal, isText, objectOf, sentenceOf } from "./answers.ts";
import { type Check, must, type Visit } from "./check.ts";
import type { Answer, Question } from "./http.ts";
import { platformOf } from "./platform.ts";

/** What a stranger must not get. Requests with a body would do nothing, as they name nothing. */
const ROUTES: readonly Question[] = [
  { path: "/contact?phoneNumber=+12025550199" },
  { path: "/custom/contact/search?name=Nobody" },
  { path: "/callLog?sessionIds=1&requireDetails=false" },
  { path: "/user/settings" },
  { path: "/authValidation" },
  { path: "/hostname" },
  { method: "POST", path: "/contact", json: {} },
  { method: "POST", path: "/callLog", json: {} },
  { method: "PATCH", path: "/callLog", json: {} },
  { method: "PUT", path: "/callDisposition", json: {} },
  { method: "POST", path: "/messageLog", json: {} },
];

export const STRANGER_CHECKS: readonly Check[] = [
  {
    id: "no-token",
    chapter: "Before a login",
    expects: "every route that needs a session refuses a request without one (400 to 499)",
    why: "Otherwise anybody reads and writes somebody's CRM.",
    run: async (visit) => mustRefuseAll(await answersWithout(visit)),
  },
  {
    id: "no-token-sentence",
    chapter: "Before a login",
    expects: "these refusals are plain sentences, and not 404",
    why: "The extension shows a refusal only if its body is text; anything else leaves the user without a word.",
    run: async (visit) => mustBeSentences(await answersWithout(visit)),
  },
  {
    id: "bad-token",
    chapter: "Before a login",
    expects: "a session that is nonsense, unsigned or signed by somebody else is refused (400 to 499)",
    why: "Otherwise anybody makes a session for anybody.",
    run: async (visit) => mustRefuseAll(await answersWithBadTokens(visit)),
  },
  {
    id: "bad-token-sentence",
    chapter: "Before a login",
    expects: "these refusals are plain sentences, and not 404",
    why: "The user of a session that has ended must be told to log in again.",
    run: async (visit) => mustBeSentences(await answersWithBadTokens(visit)),
  },
  {
    id: "license-of-strangers",
    chapter: "Before a login",
    expects: "GET /licenseStatus answers its three members to anybody, with 200",
    why: "The extension reads them unguarded, also after a session has ended.",
    run: async ({ ask }) => mustBeLicense(await ask({ path: "/licenseStatus" })),
  },
  {
    id: "login-without-platform",
    chapter: "Before a login",
    expects: "POST /apiKeyLogin without a platform is refused (400 to 499)",
    why: "The extension takes every 2xx for a login.",
    async run({ ask }) {
      const answer = await ask({ method: "POST", path: "/apiKeyLogin", json: {} });
      must(isRefusal(answer), answer.line);
    },
  },
  {
    id: "oauth-without-code",
    chapter: "Before a login",
    expects: "GET /oauth-callback without a code or a platform gives no session and does not fail with 500",
    why: "A login that was cancelled in the CRM comes back like this.",
    async run({ ask }) {
      const answer = await ask({ path: "/oauth-callback" });
      must(answer.status < 500, answer.line);
      must(!isText(at(answer.body, "jwtToken")), "a jwtToken came");
    },
  },
];

export function mustBeLicense(answer: Answer): void {
  const license = objectOf(answer);
  must(typeof at(license, "isLicenseValid") === "boolean", `isLicenseValid: ${answer.line}`);
  for (const name of ["licenseStatus", "licenseStatusDescription"]) {
    must(typeof at(license, name) === "string", `${name}: ${answer.line}`);
  }
}

interface Asked {
  what: string;
  answer: Answer;
}

async function answersWithout({ ask }: Visit): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const question of ROUTES) asked.push({ what: nameOf(question), answer: await ask(question) });
  return asked;
}

async function answersWithBadTokens(visit: Visit): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const [name, token] of Object.entries(badTokens(platformOf(visit)))) {
    for (const path of ["/contact?phoneNumber=+12025550199&", "/callLog?sessionIds=1&", "/user/settings?"]) {
      const answer = await visit.ask({ path: `${path}jwtToken=${token}` });
      asked.push({ what: `${nameOf({ path })} with ${name} token`, answer });
    }
  }
  return asked;
}

function badTokens(platform: string): Readonly<Record<string, string>> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = part({ id: "1", platform, exp: Math.floor(Date.now() / 1000) + 3600 });
  const foreign = `${part({ alg: "HS256", typ: "JWT" })}.${claims}`;
  const signature = createHmac("sha256", "somebody else's key").update(foreign).digest("base64url");
  return {
    "a nonsensical": "nonsense",
    "an unsigned": `${part({ alg: "none", typ: "JWT" })}.${claims}.`,
    "a foreign": `${foreign}.${signature}`,
  };
}

function mustRefuseAll(asked: readonly Asked[]): void {
  const wrong = asked.find(({ answer }) => !isRefusal(answer));
  must(wrong === undefined, `${wrong?.what ?? ""}: ${wrong?.answer.line ?? ""}`);
}

/** Of answers that are no refusal, another check tells. */
function mustBeSentences(asked: readonly Asked[]): void {
  const refusals = asked.filter(({ answer }) => isRefusal(answer));
  const wrong = refusals.find(({ answer }) => answer.status === 404 || sentenceOf(answer) === undefined);
  must(wrong === undefined, `${wrong?.what ?? ""}: ${wrong?.answer.line ?? ""}`);
}

function nameOf({ method = "GET", path }: Question): string {
  return `${method} ${path.split("?", 1).join("")}`;
}
