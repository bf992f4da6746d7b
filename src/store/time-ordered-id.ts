/** Ids for rows that come by the thousand: in the order of their time, so that an index grows at its end and not everywhere. */

import { randomUUID } from "node:crypto";

/** A UUID of version 7 (RFC 9562, 5.7): milliseconds, and then 74 random bits. */
export function timeOrderedId(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice("xxxxxxxx-xxxx-4".length)}`;
}
