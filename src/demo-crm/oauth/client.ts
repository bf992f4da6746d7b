/** The one registered OAuth client, and where it may send people back to. */

import { basicCredentials, sameSecret } from "../secrets.ts";

const CLIENT = { id: "demo-client", secret: "demo-secret" };

/** The redirect address that the phone client has built in. */
const CLIENT_REDIRECT = "https://ringcentral.github.io/ringcentral-embeddable/redirect.html";

export function isClient(id: string): boolean {
  return id === CLIENT.id;
}

/** The client's own redirect page exactly, or any http address on this machine (RFC 8252, 7.3). */
export function isAllowedRedirect(uri: string): boolean {
  if (uri === CLIENT_REDIRECT) return true;
  // Browsers drop control characters and blanks from an address, so what is checked must not hold any.
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return false;
  const { protocol, hostname, username, password, hash } = new URL(uri);
  const loopback = hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
  return protocol === "http:" && loopback && username === "" && password === "" && hash === "";
}

export type ClientProof = "given" | "wrong" | "absent";

/** Credentials as Basic (where RFC 6749, 2.3.1 form-encodes both) or in the body. */
export function clientProof(
  header: string | undefined,
  body: { client_id?: string; client_secret?: string },
): ClientProof {
  const basic = basicCredentials(header);
  const id = basic ? formDecoded(basic.name) : body.client_id;
  const secret = basic ? formDecoded(basic.password) : body.client_secret;
  if (header === undefined && secret === undefined) return "absent";
  return isClient(id ?? "") && sameSecret(secret ?? "", CLIENT.secret) ? "given" : "wrong";
}

function formDecoded(encoded: string): string {
  return new URLSearchParams(`value=${encoded.replaceAll("&", "%26")}`).get("value") ?? "";
}
