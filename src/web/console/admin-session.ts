/** Who may see the console: whoever has the admin token, and then whoever has the cookie that it was exchanged for. */

import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A working day; then the token is asked for again. */
const LIFETIME_MS = 12 * 60 * 60 * 1000;

export interface AdminSessions {
  isToken(text: string): boolean;
  begin(now: number): { cookie: string; expiresAt: number };
  /** Until when the session lasts; undefined for a cookie that is worth nothing. */
  expiryOf(cookie: string | undefined, now: number): number | undefined;
}

/** Nothing is kept: the signature says all, and ends with the admin token that it is made from. */
export function createAdminSessions({ adminToken, hashKey }: { adminToken: string; hashKey: string }): AdminSessions {
  const key = createHmac("sha256", hashKey).update(`console session ${adminToken}`).digest();
  const signatureOf = (signed: string) => createHmac("sha256", key).update(signed).digest("base64url");
  return {
    isToken: (text) => isSame(text, adminToken),
    begin(now) {
      const expiresAt = now + LIFETIME_MS;
      const signed = `${expiresAt}.${randomBytes(12).toString("base64url")}`;
      return { cookie: `${signed}.${signatureOf(signed)}`, expiresAt };
    },
    expiryOf(cookie = "", now) {
      const [expiry = "", nonce = "", signature = ""] = cookie.split(".");
      if (!isSame(signature, signatureOf(`${expiry}.${nonce}`))) return undefined;
      const expiresAt = Number(expiry);
      return expiresAt > now ? expiresAt : undefined;
    },
  };
}

/** In the same time for any two texts. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
