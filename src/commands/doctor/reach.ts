/** Whether a web server answers at an address, and in words why not. */

import type { ClockReading } from "./clock.ts";

export type Reached =
  | { ok: true; status: number; milliseconds: number; clock: ClockReading | undefined }
  | { ok: false; code: string; sentence: string };

const PATIENCE_MS = 8_000;
/** HTTP dates are cut to the second. */
const HALF_A_SECOND_MS = 500;

/** Any answer will do: it is not ours to judge what stands at the root of a CRM's host. */
export async function reach(origin: string): Promise<Reached> {
  const startedAt = Date.now();
  try {
    const answer = await fetch(origin, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const endedAt = Date.now();
    const theirs = Date.parse(answer.headers.get("date") ?? "");
    const ours = (startedAt + endedAt) / 2;
    return {
      ok: true,
      status: answer.status,
      milliseconds: endedAt - startedAt,
      clock: Number.isNaN(theirs)
        ? undefined
        : { whose: new URL(origin).host, theirs: theirs + HALF_A_SECOND_MS, ours },
    };
  } catch (thrown) {
    const code = codeOf(thrown);
    return { ok: false, code, sentence: unreachable(code) };
  }
}

/** The code of the innermost cause that has one: `fetch` wraps what the network said. */
export function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "";
  const inner = codeOf(thrown.cause);
  if (inner !== "") return inner;
  if (thrown instanceof AggregateError) {
    const [first = ""] = thrown.errors.map(codeOf).filter((code) => code !== "");
    if (first !== "") return first;
  }
  const code: unknown = Reflect.get(thrown, "code");
  if (typeof code === "string") return code;
  // The only failure of `fetch` without a code that an operator can do something about.
  if (thrown.message === "bad port") return "BLOCKED_PORT";
  return thrown.name === "TimeoutError" ? thrown.name : "";
}

const WORDS: readonly (readonly [codes: RegExp, sentence: string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/, "the name is not known: DNS has no answer"],
  [/^ECONNREFUSED$/, "nothing listens there"],
  [/^BLOCKED_PORT$/, "its port is one that browsers refuse (Fetch standard, “bad port”)"],
  [/TIMEOUT|TIMEDOUT|TimeoutError/, "it does not answer in time: a firewall may swallow the packets"],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, "it cuts the connection"],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, "there is no way to it from this network"],
  [/^CERT_HAS_EXPIRED$/, "its certificate has run out"],
  [/^CERT_NOT_YET_VALID$/, "its certificate is not valid yet: is this machine's clock right?"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "its certificate is for another name"],
  [
    /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/,
    "its certificate is signed by nobody whom this machine trusts: a proxy may stand between, whose authority NODE_EXTRA_CA_CERTS can name",
  ],
  [/^(CERT_|ERR_TLS_)/, "its certificate cannot be verified"],
  [/^(ERR_SSL_|EPROTO)/, "it does not speak TLS as this machine does"],
  [/^HPE_|^UND_ERR_HEADERS_OVERFLOW|^UND_ERR_RES/, "what answers there does not speak HTTP"],
];

export function unreachable(code: string): string {
  const words = WORDS.find(([codes]) => codes.test(code))?.[1] ?? "it cannot be reached";
  return /^$|^TimeoutError$|^BLOCKED_PORT$/.test(code) ? words : `${words} (${code})`;
}
