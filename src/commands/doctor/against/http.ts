/** Asks a server that may be anything: patiently, but not for ever, and without swallowing whatever it sends. */

import { printable } from "../../entries/in-words.ts";
import { parsed } from "../../../testing/wire.ts";
import { codeOf, unreachable } from "../reach.ts";

export interface Question {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "OPTIONS";
  /** Behind the server's address, with its query exactly as it is to be sent. */
  path: string;
  json?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed; undefined where the answer is not JSON. */
  body: unknown;
  /** The beginning of it in a line, for people; secrets are left out. */
  line: string;
}

export type Ask = (question: Question) => Promise<Answer>;

/** There is no answer that could be judged. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  /** Trying again would cost as much patience once more. */
  readonly wasSlow: boolean;

  constructor(sentence: string, { wasSlow }: { wasSlow: boolean }) {
    super(sentence);
    this.wasSlow = wasSlow;
  }
}

/** A manifest of many CRMs, or many logs with their transcripts, stays well below. */
const MOST_BYTES = 5 * 1024 * 1024;
const SHOWN = 140;

export interface Server {
  /** Without a slash at its end. */
  url: string;
  patienceMs: number;
  /** What must not show when an answer repeats it. */
  secrets: () => readonly string[];
}

export function askingServer({ patienceMs, secrets, url }: Server): Ask {
  return async ({ headers = {}, json, method = "GET", path }) => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const type = json === undefined ? {} : { "content-type": "application/json" };
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, ...type },
        ...body,
        redirect: "manual",
        signal: AbortSignal.timeout(patienceMs),
      });
      const text = await readText(answer);
      const line = shown(answer, text, secrets());
      return { status: answer.status, headers: answer.headers, text, body: parsed(text), line };
    } catch (thrown) {
      if (thrown instanceof Unanswered) throw thrown;
      const code = codeOf(thrown);
      const wasSlow = /TIMEOUT|TimeoutError/i.test(code);
      const sentence = wasSlow ? `no answer within ${patienceMs / 1000} s` : unreachable(code);
      throw new Unanswered(`${method} ${path.split("?", 1).join("")}: ${sentence}`, { wasSlow });
    }
  };
}

async function readText({ body }: Response): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    // Leaving the loop lets go of the connection.
    if (bytes > MOST_BYTES) throw new Unanswered(`more than ${MOST_BYTES} bytes came`, { wasSlow: false });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function shown({ headers, status }: Response, text: string, secrets: readonly string[]): string {
  const withoutSecrets = secrets.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
  const line = printable(withoutSecrets.replaceAll(/("jwtToken"\s*:\s*")[^"]*/g, "$1…")).trim();
  const beginning = line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
  const to = headers.get("location");
  const said = beginning === "" ? "nothing" : beginning;
  return to === null ? `${status} ${said}` : `${status}, a redirect to ${printable(to)}`;
}
