/** Signatures on what passes between Trunkline and a plugin, in both directions: HMAC-SHA256 over the time and the body. */

import { createHmac, timingSafeEqual } from "node:crypto";

/** Seconds since 1970, in decimal. */
export const TIMESTAMP_HEADER = "trunkline-timestamp";
/** `sha256=` and the hexadecimal HMAC-SHA256 of "<timestamp>.<body>", with the plugin's secret as it was handed out. */
export const SIGNATURE_HEADER = "trunkline-signature";

/** Clocks differ, and requests travel; anything older may be somebody's copy. */
const FRESH_SECONDS = 300;

export interface PluginSignature {
  timestamp: string;
  signature: string;
}

/** `now` is in epoch milliseconds. */
export function signPluginBody(body: string, secret: string, now: number): PluginSignature {
  const timestamp = String(Math.floor(now / 1000));
  return { timestamp, signature: signatureOf(timestamp, body, secret) };
}

/** Whether the body was signed with this secret within the last five minutes. */
export function isSignedPluginBody(
  body: string,
  { timestamp, signature }: PluginSignature,
  secret: string,
  now: number,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > FRESH_SECONDS) return false;
  const expected = Buffer.from(signatureOf(timestamp, body, secret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function signatureOf(timestamp: string, body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}
