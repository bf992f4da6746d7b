/** Addresses, as far as they may be shown, and whether they lead away from this machine. */

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/;

export function isThisMachine(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Texts that are no addresses, and addresses without anything secret, stay as they are. */
export function withoutPassword(text: string): string {
  if (!/^[a-z]+:\/\//i.test(text)) return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return "(not shown)";
  // Also a query may hold a password.
  const secrets = [...url.searchParams.keys()].filter((name) => /pass|secret|key$/i.test(name));
  if (url.username === "" && url.password === "" && secrets.length === 0) return text;
  url.username = "";
  url.password = "";
  for (const name of secrets) url.searchParams.set(name, "…");
  return url.href;
}
