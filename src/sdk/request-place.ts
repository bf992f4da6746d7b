/** Where a request goes: a path that a connector wrote, held to the origin that it is bound to. */

export type QueryValue = string | number | boolean | undefined;

export interface RequestPlace {
  /** Scheme and host. */
  origin: string;
  /** Without the query, which may hold names and numbers. */
  path: string;
  /** "" or "?…". */
  search: string;
}

/** Nothing in it that a URL would read as anything but this very path of this host: no other host, no segment of dots. */
const PLAIN_PATH = /^(?!.*\/(?:\.|%2e))\/(?!\/)[\w\-.~%/!$&'()*+,;=:@]*$/i;

/** Undefined where the target leads to another host. Query values are encoded; undefined ones are left out. */
export function placeAt(
  origin: string,
  target: string,
  query: Readonly<Record<string, QueryValue>> = {},
): RequestPlace | undefined {
  const place = placeOf(origin, target);
  if (place === undefined) return undefined;
  let { search } = place;
  for (const name in query) {
    const value = query[name];
    if (value !== undefined) search += `${search === "" ? "?" : "&"}${encoded(name)}=${encoded(String(value))}`;
  }
  return { ...place, search };
}

/** A URL takes ten times as long to be read as a plain path to be recognised. */
function placeOf(origin: string, target: string): RequestPlace | undefined {
  if (PLAIN_PATH.test(target)) return { origin, path: target, search: "" };
  const url = new URL(target, origin);
  const { pathname: path, search } = url;
  return url.origin === new URL(origin).origin ? { origin, path, search } : undefined;
}

/** What is the same encoded. */
const PLAIN_VALUE = /^[\w.*-]*$/;

/** As a form encodes it, and as URLSearchParams does. */
function encoded(text: string): string {
  return PLAIN_VALUE.test(text) ? text : new URLSearchParams([["", text]]).toString().slice(1);
}
