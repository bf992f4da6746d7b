/** Ways in which a server may be wrong, each with the one check that must see it. */

import { at } from "../../../src/testing/wire.ts";
import { type Asked, type Reply, TOKEN, type Twist } from "./right-server.ts";

export type Mistake = readonly [check: string, how: string, twist: Twist];

export const MISTAKES: readonly Mistake[] = [
  ["alive", "it is not alive", on("GET /isAlive", (reply) => ({ ...reply, status: 503 }))],
  ["manifest", "nobody made the manifest", changed("GET /crmManifest", "author", undefined)],
  ["manifest", "there are no platforms", changed("GET /crmManifest", "platforms", {})],
  ["manifest-server", "serverUrl is missing", changed("GET /crmManifest", "serverUrl", undefined)],
  ["manifest-platforms", "a platform has another name", inManifest("name", "wrong")],
  ["manifest-platforms", "a platform has no way to log in", inManifest("auth", undefined)],
  ["manifest-platforms", "a platform has no pages", inManifest("page", undefined)],
  ["manifest-platforms", "a platform's environment is of no kind", inManifest("environment", { type: "none" })],
  [
    "manifest-of-one",
    "the manifest of one platform is empty",
    (asked, reply) =>
      asked.path === "/crmManifest" && asked.query.has("platformName") ? withBody(reply, { platforms: {} }) : reply,
  ],
  ["version", "the version is a number", changed("GET /serverVersionInfo", "version", 7)],
  ["release-notes", "release notes are text", changed("GET /releaseNotes", "1.2.3", "all of it")],
  ["interfaces", "an interface is neither true nor false", changed("GET /implementedInterfaces", "findContact", "yes")],
  ["interfaces", "contacts are not found", changed("GET /implementedInterfaces", "findContact", false)],
  ["user-info-hash", "ids come back as they are", changed("GET /userInfoHash", "accountId", "37000001")],
  [
    "preload-settings",
    "preloaded settings are null",
    on("GET /user/preloadSettings", (reply) => withBody(reply, null)),
  ],
  ["cors-preflight", "PATCH is not allowed", onPreflight("access-control-allow-methods", "GET, POST, PUT")],
  [
    "cors-preflight",
    "the extension's headers are not allowed",
    onPreflight("access-control-allow-headers", "content-type"),
  ],
  [
    "cors-preflight",
    "OPTIONS is no route",
    (asked, reply) => (asked.method === "OPTIONS" ? { ...reply, status: 404 } : reply),
  ],
  [
    "cors-answers",
    "answers may not be read",
    (asked, reply) => (asked.method === "GET" && asked.path === "/isAlive" ? withoutOrigin(reply) : reply),
  ],
  [
    "cors-refusals",
    "refusals may not be read",
    (_asked, reply) => (reply.status === 400 ? withoutOrigin(reply) : reply),
  ],
  [
    "no-token",
    "strangers may read contacts",
    onStrangers((reply) => ({ ...reply, status: 200, body: { contact: [] } })),
  ],
  ["no-token-sentence", "a refusal is JSON", onStrangers((reply) => withBody(reply, { error: "no token" }))],
  ["no-token-sentence", "a refusal is a page", onStrangers((reply) => withBody(reply, "<html>Log in</html>"))],
  ["no-token-sentence", "a refusal is 404", onStrangers((reply) => ({ ...reply, status: 404 }))],
  [
    "bad-token",
    "an unsigned session is believed",
    (asked, reply) => (asked.query.get("jwtToken")?.endsWith(".") === true ? { ...reply, status: 200 } : reply),
  ],
  [
    "bad-token-sentence",
    "a session that is nonsense makes JSON",
    onBadToken((reply) => withBody(reply, { error: "bad" })),
  ],
  [
    "license-of-strangers",
    "a stranger's licence is a refusal",
    (asked, reply) =>
      asked.path === "/licenseStatus" && !asked.query.has("jwtToken")
        ? { ...reply, status: 400, body: "Log in." }
        : reply,
  ],
  [
    "license",
    "a licence lacks its description",
    (asked, reply) =>
      asked.path === "/licenseStatus" && asked.query.has("jwtToken")
        ? withBody(reply, { isLicenseValid: true, licenseStatus: "Valid" })
        : reply,
  ],
  [
    "login-without-platform",
    "a login without a platform is no failure",
    on("POST /apiKeyLogin", (reply, { body }) =>
      at(body, "platform") === undefined ? { ...reply, status: 200, body: {} } : reply,
    ),
  ],
  [
    "oauth-without-code",
    "a cancelled login is a crash",
    on("GET /oauth-callback", (reply) => ({ ...reply, status: 500 })),
  ],
  ["login", "a login has no name", onLogin((reply) => withMember(reply, "name", ""))],
  ["login", "a login has no notice", onLogin((reply) => withMember(reply, "returnMessage", undefined))],
  ["session", "nobody knows whether the session is good", changed("GET /authValidation", "successful", undefined)],
  [
    "hostname",
    "the host is a whole address",
    onKnown("GET /hostname", (reply) => withBody(reply, "https://crm.example.com/")),
  ],
  ["user-settings", "settings are null", onKnown("GET /user/settings", (reply) => withBody(reply, null))],
  ["contact", "a look-up does not say whether it was successful", onLookUp("+12025550187", without("successful"))],
  [
    "contact-placeholder",
    "a stranger cannot be created",
    onLookUp("+12025550187", (reply) => withMember(reply, "contact", [])),
  ],
  [
    "contact-without-number",
    "a look-up without a number finds nobody",
    onLookUp(null, () => ok({ successful: true, contact: [] })),
  ],
  [
    "contact-extension",
    "a colleague is no list",
    onKnown("GET /contact", (reply, { query }) =>
      query.get("isExtension") === "true" ? withBody(reply, { successful: false }) : reply,
    ),
  ],
  ["contact-known", "a contact's field is null", onLookUp("+16505551212", (reply) => withInfo(reply, { deals: null }))],
  [
    "contact-known",
    "an option has no title",
    onLookUp("+16505551212", (reply) => withInfo(reply, { deals: [{ const: 7 }] })),
  ],
  ["contact-spellings", "a number's + must be encoded", onLookUp(" 16505551212", onlyPlaceholder, { once: "second" })],
  ["search-by-name", "nobody of a name is not told", onKnown("GET /custom/contact/search", without("returnMessage"))],
  [
    "call-log",
    "ids come back as numbers",
    onLogs("false", (logs) => logs.map((log) => ({ ...log, sessionId: Number(log["sessionId"]) })), 1),
  ],
  ["call-log-many", "only five calls are answered", onLogs("false", (logs) => logs.slice(0, 5), 100)],
  ["call-log-details", "an unknown call is no list with details", onLogs("true", () => ({}), 1)],
  [
    "call-log-without-ids",
    "no ids are no calls",
    onKnown("GET /callLog", (reply, { query }) =>
      query.has("sessionIds") ? reply : ok({ successful: true, logs: [] }),
    ),
  ],
  [
    "wrong-key",
    "a wrong key is a login that failed with 200",
    on("POST /apiKeyLogin", (reply, { body }) =>
      reply.status === 400 && at(body, "platform") !== undefined ? { ...reply, status: 200 } : reply,
    ),
  ],
  [
    "create-contact",
    "a created contact has no id",
    onKnown("POST /contact", (reply) => withMember(reply, "contact", { name: "x" })),
  ],
  ["find-created", "an id is a text first and a number later", onKnown("POST /contact", textId)],
  [
    "log-without-content",
    "a call without content crashes",
    onKnown("POST /callLog", (reply, { body }) =>
      at(body, "logInfo") === undefined ? { ...reply, status: 500 } : reply,
    ),
  ],
  [
    "log-for-placeholder",
    "a call is logged for the placeholder",
    onKnown("POST /callLog", (reply, { body }) =>
      at(body, "contactId") === "createNewContact" ? ok({ successful: true, logId: "9" }) : reply,
    ),
  ],
  [
    "update-unknown",
    "what was never logged is updated",
    onKnown("PATCH /callLog", (reply, { body }) => (at(body, "note") === "nowhere" ? ok({ successful: true }) : reply)),
  ],
  ["log-call", "a logged call has no notice", onFirstLog(without("returnMessage"))],
  [
    "log-call-again",
    "a second posting makes a second log",
    onSecondLog((reply) => withMember(reply, "logId", "another")),
  ],
  ["find-call", "a logged call does not count as logged", onMatched("false", (log) => ({ ...log, matched: false }))],
  ["find-call", "a logged call has another id", onMatched("false", (log) => ({ ...log, logId: "another" }))],
  [
    "update-call",
    "a change is not confirmed",
    onKnown("PATCH /callLog", (reply) => withMember(reply, "successful", false)),
  ],
  [
    "read-call",
    "an old note is read",
    onMatched("true", (log) => ({ ...log, logData: { note: "", subject: "A call" } })),
  ],
  [
    "disposition",
    "a disposition says nothing",
    onKnown("PUT /callDisposition", (reply) => withBody(reply, { successful: false })),
  ],
  [
    "log-conversation",
    "a logged conversation has no ids",
    onKnown("POST /messageLog", (reply) => withMember(reply, "logIds", [])),
  ],
  ["log-conversation-again", "a conversation has no list the second time", onSecondConversation(without("logIds"))],
];

export const WARNED: readonly Mistake[] = [
  [
    "manifest-server",
    "the manifest leads elsewhere",
    changed("GET /crmManifest", "serverUrl", "https://example.invalid"),
  ],
  ["session", "the CRM has ended the login", changed("GET /authValidation", "successful", false)],
  [
    "bearer",
    "a session is read from the query alone",
    onBearer((reply) => ({ ...reply, status: 400, body: "Please log in." })),
  ],
  [
    "contact",
    "a look-up fails",
    onLookUp("+12025550187", (reply) => withMember(reply, "successful", false), { once: "first" }),
  ],
  [
    "contact-extension",
    "a colleague may be created",
    onKnown("GET /contact", (reply, { query }) =>
      query.get("isExtension") === "true" ? withMember(reply, "contact", [{ id: "createNewContact" }]) : reply,
    ),
  ],
  [
    "user-settings",
    "a setting is bare",
    onKnown("GET /user/settings", (reply) => withBody(reply, { addCallLogNote: true })),
  ],
];

type Change = (reply: Reply, asked: Asked) => Reply;

function on(route: string, change: Change): Twist {
  return (asked, reply) => (`${asked.method} ${asked.path}` === route ? change(reply, asked) : reply);
}

/** Only with the session in its place. */
function onKnown(route: string, change: Change): Twist {
  return on(route, (reply, asked) => (asked.query.get("jwtToken") === TOKEN ? change(reply, asked) : reply));
}

function onStrangers(change: Change): Twist {
  return on("GET /custom/contact/search", (reply, asked) =>
    asked.query.has("jwtToken") ? reply : change(reply, asked),
  );
}

function onBadToken(change: Change): Twist {
  return on("GET /callLog", (reply, asked) =>
    asked.query.get("jwtToken") === "nonsense" ? change(reply, asked) : reply,
  );
}

function onBearer(change: Change): Twist {
  return (asked, reply) => (asked.headers.authorization === undefined ? reply : change(reply, asked));
}

function onLogin(change: Change): Twist {
  return on("POST /apiKeyLogin", (reply, asked) => (reply.status === 200 ? change(reply, asked) : reply));
}

function onPreflight(header: string, value: string): Twist {
  return (asked, reply) =>
    asked.method === "OPTIONS" ? { ...reply, headers: { ...reply.headers, [header]: value } } : reply;
}

/** `number` as it arrives; null where there is none. Of several look-ups, all or only one. */
function onLookUp(number: string | null, change: Change, { once }: { once?: "first" | "second" } = {}): Twist {
  let times = 0;
  const wanted = once === "first" ? 1 : 2;
  return onKnown("GET /contact", (reply, asked) => {
    if (asked.query.get("isExtension") === "true" || normal(asked.query.get("phoneNumber")) !== normal(number))
      return reply;
    times += 1;
    return once === undefined || times === wanted ? change(reply, asked) : reply;
  });
}

function normal(number: string | null): string | undefined {
  return number?.replace(/^ /, "+");
}

type Log = Record<string, unknown>;

/** Answers to at least `least` ids. */
function onLogs(requireDetails: string, change: (logs: Log[]) => unknown, least: number): Twist {
  return onKnown("GET /callLog", (reply, { query }) => {
    const logs = logsIn(reply);
    const isMeant = query.get("requireDetails") === requireDetails && logs.every((log) => log["matched"] === false);
    const isMany = logs.length >= least && (least > 1 || logs.length === 1);
    return isMeant && isMany ? withMember(reply, "logs", change(logs)) : reply;
  });
}

function onMatched(requireDetails: string, change: (log: Log) => Log): Twist {
  return onKnown("GET /callLog", (reply, { query }) => {
    const logs = logsIn(reply);
    const isMeant = query.get("requireDetails") === requireDetails && logs[0]?.["matched"] === true;
    return isMeant ? withMember(reply, "logs", logs.map(change)) : reply;
  });
}

function onFirstLog(change: Change): Twist {
  return onKnown("POST /callLog", (reply, asked) =>
    at(reply.body, "successful") === true ? change(reply, asked) : reply,
  );
}

function onSecondLog(change: Change): Twist {
  return nth(2, "POST /callLog", change);
}

function onSecondConversation(change: Change): Twist {
  return nth(2, "POST /messageLog", change);
}

/** Counts successes alone. */
function nth(wanted: number, route: string, change: Change): Twist {
  let times = 0;
  return onKnown(route, (reply, asked) => {
    if (at(reply.body, "successful") === true) times += 1;
    return times === wanted && at(reply.body, "successful") === true ? change(reply, asked) : reply;
  });
}

function changed(route: string, member: string, value: unknown): Twist {
  return on(route, (reply) => (reply.status === 200 ? withMember(reply, member, value) : reply));
}

function inManifest(member: string, value: unknown): Twist {
  return on("GET /crmManifest", (reply, { query }) => {
    if (query.has("platformName")) return reply;
    const platform = { ...Object(at(reply.body, "platforms", "right")), [member]: value };
    return withMember(reply, "platforms", { right: platform });
  });
}

function without(member: string): Change {
  return (reply) => withMember(reply, member, undefined);
}

function withMember(reply: Reply, member: string, value: unknown): Reply {
  return withBody(reply, { ...Object(reply.body), [member]: value });
}

function withBody(reply: Reply, body: unknown): Reply {
  return { ...reply, body };
}

function withInfo(reply: Reply, additionalInfo: unknown): Reply {
  return withMember(reply, "contact", [{ id: 1, name: "Luke", additionalInfo }]);
}

function withoutOrigin({ headers, ...reply }: Reply): Reply {
  const { "access-control-allow-origin": _, ...others } = headers;
  return { ...reply, headers: others };
}

function onlyPlaceholder(reply: Reply): Reply {
  return withMember(reply, "contact", []);
}

function textId(reply: Reply): Reply {
  const contact: object = Object(at(reply.body, "contact"));
  return withMember(reply, "contact", { ...contact, id: String(at(contact, "id")) });
}

function ok(body: unknown): Reply {
  return { status: 200, body, headers: { "access-control-allow-origin": "*" } };
}

function logsIn(reply: Reply): Log[] {
  const logs = at(reply.body, "logs");
  return Array.isArray(logs) ? logs.map((log): Log => ({ ...Object(log) })) : [];
}
