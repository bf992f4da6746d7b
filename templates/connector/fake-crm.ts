/** A tiny Acme over HTTP for the scenarios. It behaves well: what goes wrong is played by the suite. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as stream from "node:stream/consumers";
import type { CrmUnderTest } from "trunkline/testing";

const KEY = "acme-key";

interface Person {
  id: string;
  name: string;
  phone: string;
}

interface Note {
  id: string;
  contactId: string;
  subject: string;
  text: string;
  marker: string;
}

/** The suite calls this once for every scenario. */
export async function startCrm(): Promise<CrmUnderTest> {
  const people = new Map<string, Person>();
  const notes = new Map<string, Note>();

  const addPerson = ({ name = "", phone = "" }: Members): Person => {
    const person = { id: String(people.size + 1), name, phone };
    people.set(person.id, person);
    return person;
  };
  const addNote = ({ contactId = "", subject = "", text = "", marker = "" }: Members): Note | undefined => {
    if (!people.has(contactId)) return undefined;
    const note = { id: String(notes.size + 1), contactId, subject, text, marker };
    notes.set(note.id, note);
    return note;
  };
  const changeNote = (id: string, { subject, text }: Members): Note | undefined => {
    const note = notes.get(id);
    if (note === undefined) return undefined;
    return Object.assign(note, subject !== undefined && { subject }, text !== undefined && { text });
  };

  /** Undefined: there is no such thing. */
  function answer(request: IncomingMessage, url: URL, body: Members): unknown {
    const [, resource, id = ""] = url.pathname.split("/");
    const digits = url.searchParams.get("phone") ?? "";
    const marker = url.searchParams.get("marker");
    switch (`${request.method} /${resource}${id && "/*"}`) {
      case "GET /me":
        return { id: "1", name: "Ann Operator", company: "acme-inc", timeZone: "Europe/Berlin" };
      case "GET /contacts":
        return { contacts: [...people.values()].filter(({ phone }) => phone.replaceAll(/\D/g, "").includes(digits)) };
      case "POST /contacts":
        return addPerson(body);
      case "GET /notes":
        return { notes: [...notes.values()].filter((note) => note.marker === marker) };
      case "POST /notes":
        return addNote(body);
      case "GET /notes/*":
        return notes.get(id);
      case "PATCH /notes/*":
        return changeNote(id, body);
      default:
        return undefined;
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const isKnown = request.headers.authorization === `Basic ${btoa(`${KEY}:`)}`;
    const content = isKnown ? answer(request, url, membersIn(await stream.text(request))) : { error: "Who is this?" };
    response.writeHead(isKnown ? (content === undefined ? 404 : 200) : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(content ?? { error: "There is no such thing." }));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake CRM listens on no port.");

  return {
    url: `http://127.0.0.1:${address.port}`,
    environment: (origin) => ({ ACME_API_URL: origin }),
    access: { type: "apiKey", apiKey: KEY, wrongApiKey: "not-the-key" },
    operations: {
      search: ["GET /contacts"],
      createContact: ["POST /contacts"],
      createLog: ["POST /notes"],
      readLog: ["GET /notes/*"],
      updateLog: ["PATCH /notes/*"],
    },
    addContact: async (person) => addPerson(person).id,
    contacts: async () => [...people.values()],
    records: async () =>
      [...notes.values()].map(({ id, contactId, subject, text: body }) => ({ id, contactId, subject, body })),
    editRecord: async (id, body) => void changeNote(id, { text: body }),
    deleteRecord: async (id) => void notes.delete(id),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Members = Readonly<Record<string, string | undefined>>;

/** The texts of a JSON object. */
function membersIn(body: string): Members {
  const value: unknown = body === "" ? {} : JSON.parse(body);
  const entries = Object.entries(typeof value === "object" && value !== null ? value : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
