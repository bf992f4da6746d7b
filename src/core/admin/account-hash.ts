/** RingCentral ids as others know them: hashed with this server's key. */

import { createHash } from "node:crypto";

/** Contract: sha256 of "value:key", in hexadecimal. */
export function hashOfRingCentralId(id: string, hashKey: string): string {
  return createHash("sha256").update(`${id}:${hashKey}`).digest("hex");
}

/** What a client says about its account: the hash, or at an OAuth login the id itself. Undefined for anything else. */
export function namedAccount(named: string | undefined, hashKey: string): string | undefined {
  if (named === undefined) return undefined;
  if (/^[0-9a-f]{64}$/.test(named)) return named;
  return /^\d{1,20}$/.test(named) ? hashOfRingCentralId(named, hashKey) : undefined;
}
