/** A small server that does all that the extension needs, in memory; each test makes it wrong in one way. */

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";
import { at } from "../../../src/testing/wire.ts";

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: IncomingMessage["headers"];
}

export interface Reply {
  status: number;
  /** Text is sent as it is, everything else as JSON. */
  body: unknown;
  headers: Record<string, string>;
}

/** Sees each answer before it is sent, and may change it or answer in its own way. */
export type Twist = (asked: Asked, reply: Reply, response: ServerResponse) => Reply | undefined;

export const TOKEN = "the session";
export const KEY = "the key";
const KNOWN_NUMBER = "+16505551212";

const NOTICE = { message: "Done.", messageType: "success", ttl: 2000 };
const REFUSED = { message: "That cannot be done.", messageType: "warning", ttl: 5000 };
const PLACEHOLDER = { id: "createNewContact", name: "Create new contact...", isNewContact: true, additionalInfo: {} };

interface State {
  contacts: { id: number; name: string; phone: string; additionalInfo: object }[];
  calls: Map<string, { logId: string; note: string; subject: string }>;
}

/** Answers its address. */
export async function rightServer(t: TestContext, twist: Twist = (_asked, reply) => reply): Promise<string> {
  const deals = [{ const: 7, title: "Wings" }];
  const state: State = {
    contacts: [{ id: 1, name: "Luke", phone: KNOWN_NUMBER, additionalInfo: { deals } }],
    calls: new Map(),
  };
  let url = "";
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    const plain = asked.method === "OPTIONS" ? preflight() : replyTo(asked, state, url);
    const reply = { ...plain, headers: { "access-control-allow-origin": "*", ...plain.headers } };
    const sent = twist(asked, reply, response);
    if (sent === undefined) return;
    const text = typeof sent.body === "string" ? sent.body : JSON.stringify(sent.body);
    const type = typeof sent.body === "string" ? "text/plain" : "application/json";
    response.writeHead(sent.status, { "content-type": type, ...sent.headers }).end(text);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return url;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("utf8");
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  return { method: request.method ?? "", path: pathname, query: searchParams, body, headers: request.headers };
}

function preflight(): Reply {
  const names = "content-type, developer-author-name, rc-account-id, rc-extension-id";
  return {
    status: 204,
    body: "",
    headers: { "access-control-allow-methods": "GET, POST, PUT, PATCH", "access-control-allow-headers": names },
  };
}

function replyTo(asked: Asked, state: State, url: string): Reply {
  const open = openRoute(asked, url);
  if (open !== undefined) return open;
  const bearer = asked.headers.authorization?.replace("Bearer ", "");
  if (asked.query.get("jwtToken") !== TOKEN && bearer !== TOKEN) return refusal("Please log in.");
  return closedRoute(asked, state) ?? { status: 404, body: "There is no such route.", headers: {} };
}

function openRoute({ body, method, path, query }: Asked, url: string): Reply | undefined {
  switch (`${method} ${path}`) {
    case "GET /isAlive":
      return { status: 200, body: "OK", headers: {} };
    case "GET /crmManifest":
      return json({ serverUrl: url, author: { name: "Somebody" }, platforms: { right: platform() } });
    case "GET /serverVersionInfo":
      return json({ version: "1.2.3" });
    case "GET /releaseNotes":
      return json({ "1.2.3": { global: [{ type: "New", description: "All of it." }] } });
    case "GET /implementedInterfaces":
      return json(
        Object.fromEntries(
          [
            ["findContact", "createContact", "createCallLog", "getCallLog", "updateCallLog"],
            ["upsertCallDisposition", "createMessageLog", "updateMessageLog"],
          ]
            .flat()
            .map((name) => [name, true]),
        ),
      );
    case "GET /userInfoHash":
      return json(
        Object.fromEntries(["extensionId", "accountId"].map((name) => [name, hashOf(query.get(name) ?? "")])),
      );
    case "GET /user/preloadSettings":
      return json({ userSettings: {} });
    case "GET /licenseStatus":
      return json({ isLicenseValid: true, licenseStatus: "Valid", licenseStatusDescription: "" });
    case "GET /oauth-callback":
      return refusal("There is no code.");
    case "POST /apiKeyLogin":
      if (at(body, "platform") !== "right" || at(body, "apiKey") !== KEY) return refusal("That key opens nothing.");
      return json({ jwtToken: TOKEN, name: "Ann", returnMessage: NOTICE });
    default:
      return undefined;
  }
}

function closedRoute(asked: Asked, state: State): Reply | undefined {
  const { body, method, path, query } = asked;
  switch (`${method} ${path}`) {
    case "GET /authValidation":
      return json({ successful: true });
    case "GET /hostname":
      return { status: 200, body: "crm.example.com", headers: {} };
    case "GET /user/settings":
      return json({ addCallLogNote: { value: true } });
    case "GET /contact":
      return found(query, state);
    case "POST /contact":
      return json({ successful: true, returnMessage: NOTICE, contact: created(body, state) });
    case "GET /custom/contact/search":
      return json({ successful: true, contact: [], returnMessage: REFUSED });
    case "GET /callLog":
      return logs(query, state);
    case "POST /callLog":
      return logged(body, state);
    case "PATCH /callLog":
      return updated(body, state);
    case "PUT /callDisposition":
      return json({ successful: true, returnMessage: NOTICE });
    case "POST /messageLog":
      return json({ successful: true, logIds: ["1"], returnMessage: NOTICE });
    default:
      return undefined;
  }
}

function found(query: URLSearchParams, { contacts }: State): Reply {
  const number = query.get("phoneNumber")?.replace(/^ /, "+");
  if (number === undefined) return refusal("phoneNumber is required.");
  if (query.get("isExtension") === "true") return json({ successful: false, contact: [] });
  const theirs = contacts.filter(({ phone }) => phone === number);
  return json({ successful: true, contact: [...theirs, PLACEHOLDER] });
}

function created(body: unknown, { contacts }: State): object {
  const id = contacts.length + 1;
  const contact = { id, name: textOf(body, "newContactName"), phone: textOf(body, "phoneNumber"), additionalInfo: {} };
  contacts.push(contact);
  return contact;
}

function logs(query: URLSearchParams, { calls }: State): Reply {
  const ids = query.get("sessionIds");
  if (ids === null) return refusal("sessionIds is required.");
  return json({
    successful: true,
    logs: ids.split(",").map((sessionId) => {
      const call = calls.get(sessionId);
      if (call === undefined) return { sessionId, matched: false };
      const { logId, note, subject } = call;
      return { sessionId, matched: true, logId, logData: { note, subject } };
    }),
  });
}

function logged(body: unknown, { calls }: State): Reply {
  const sessionId = textOf(body, "logInfo", "sessionId");
  if (sessionId === "") return refusal("logInfo is required.");
  if (textOf(body, "contactId") === "createNewContact") return json({ successful: false, returnMessage: REFUSED });
  const subject = textOf(body, "logInfo", "customSubject");
  const call = calls.get(sessionId) ?? { logId: `log-${calls.size + 1}`, note: textOf(body, "note"), subject };
  calls.set(sessionId, call);
  return json({ successful: true, logId: call.logId, returnMessage: NOTICE });
}

function updated(body: unknown, { calls }: State): Reply {
  const call = calls.get(textOf(body, "sessionId"));
  if (call === undefined) return json({ successful: false, returnMessage: REFUSED });
  call.note = textOf(body, "note");
  return json({ successful: true, logId: call.logId, returnMessage: NOTICE });
}

function platform(): object {
  return {
    name: "right",
    displayName: "Right CRM",
    environment: { type: "fixed", url: "https://crm.example.com" },
    auth: { type: "apiKey", apiKey: { page: { title: "Log in", content: [{ const: "apiKey", title: "Key" }] } } },
    contactTypes: [{ value: "Person", display: "Person" }],
    page: { callLog: {} },
  };
}

export function json(body: unknown): Reply {
  return { status: 200, body, headers: {} };
}

function refusal(sentence: string): Reply {
  return { status: 400, body: sentence, headers: {} };
}

function hashOf(value: string): string {
  return createHash("sha256").update(`${value}:a key`).digest("hex");
}

function textOf(body: unknown, ...path: string[]): string {
  const value = at(body, ...path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
