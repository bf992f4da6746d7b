/** Checks of what lets a browser extension talk to a server at all. */

import { type Check, must } from "./check.ts";
import type { Answer } from "./http.ts";

const ORIGIN = "chrome-extension://trunklinecheck";
/** The extension sets the latter on all requests, so that every one of them is asked for beforehand. */
const HEADERS = ["content-type", "developer-author-name", "rc-account-id", "rc-extension-id"];
const ROUTES = [
  ["GET", "/contact"],
  ["POST", "/contact"],
  ["GET", "/callLog"],
  ["POST", "/callLog"],
  ["PATCH", "/callLog"],
  ["PUT", "/callDisposition"],
  ["POST", "/messageLog"],
  ["POST", "/user/settings"],
] as const;
/** Methods that a browser allows whatever the answer lists (Fetch standard, "CORS-safelisted method"). */
const ALWAYS_ALLOWED = ["GET", "POST"];

export const CORS_CHECKS: readonly Check[] = [
  {
    id: "cors-preflight",
    chapter: "Before a login",
    expects: "OPTIONS allows the extension's origin, its headers, and GET, POST, PATCH and PUT",
    why: "A browser sends no request to a server that does not allow it beforehand.",
    async run({ ask }) {
      for (const [method, path] of ROUTES) {
        const headers = {
          origin: ORIGIN,
          "access-control-request-method": method,
          "access-control-request-headers": HEADERS.join(","),
        };
        const answer = await ask({ method: "OPTIONS", path, headers });
        const where = `${method} ${path}`;
        must(answer.status >= 200 && answer.status < 300, `${where}: ${answer.line}`);
        must(allowsOrigin(answer), `${where}: access-control-allow-origin is ${allowed(answer, "origin")}`);
        const methods = listIn(answer, "methods");
        const mayAsk =
          ALWAYS_ALLOWED.includes(method) || methods.includes("*") || methods.includes(method.toLowerCase());
        must(mayAsk, `${where}: access-control-allow-methods is ${allowed(answer, "methods")}`);
        const names = listIn(answer, "headers");
        const missing = names.includes("*") ? [] : HEADERS.filter((name) => !names.includes(name));
        must(missing.length === 0, `${where}: access-control-allow-headers lacks ${missing.join(", ")}`);
      }
    },
  },
  {
    id: "cors-answers",
    chapter: "Before a login",
    expects: "an answer allows the extension's origin to read it",
    why: "A browser keeps an answer without access-control-allow-origin from the extension.",
    async run({ ask }) {
      const answer = await ask({ path: "/isAlive", headers: { origin: ORIGIN } });
      must(allowsOrigin(answer), `access-control-allow-origin is ${allowed(answer, "origin")}`);
    },
  },
  {
    id: "cors-refusals",
    chapter: "Before a login",
    expects: "a refusal allows the extension's origin to read it, too",
    why: "Otherwise its user reads of a network error instead of the reason.",
    async run({ ask }) {
      const answer = await ask({ path: "/hostname", headers: { origin: ORIGIN } });
      must(allowsOrigin(answer), `${answer.status}: access-control-allow-origin is ${allowed(answer, "origin")}`);
    },
  },
];

function allowsOrigin(answer: Answer): boolean {
  const origin = answer.headers.get("access-control-allow-origin")?.trim();
  return origin === "*" || origin === ORIGIN;
}

function listIn(answer: Answer, what: "methods" | "headers"): string[] {
  const list = answer.headers.get(`access-control-allow-${what}`) ?? "";
  return list.split(",").map((name) => name.trim().toLowerCase());
}

function allowed(answer: Answer, what: "origin" | "methods"): string {
  return answer.headers.get(`access-control-allow-${what}`) ?? "missing";
}
