/** Stands in for the small modules of App Connect's library that connectors use. Written from what they are called with. */

import { createHash } from "node:crypto";
import { membersIn, textIn } from "../answers.ts";
import { currentCall } from "../current-call.ts";
import { getOrRefreshAccountData } from "./models.ts";

/** lib/constants */
export const LOG_DETAILS_FORMAT_TYPE = { PLAIN_TEXT: "text/plain", HTML: "text/html", MARKDOWN: "text/markdown" };

/** lib/jwt: our sessions are not theirs to make, and the users of others not theirs to read. */
export function decodeJwt(): null {
  return null;
}

export function generateJwt(): never {
  throw new Error("A connector cannot make tokens for Trunkline's users.");
}

/** lib/logger: connectors write tokens and people's notes into it, so it keeps nothing. */
export const info = silently;
export const warn = silently;
export const error = silently;
export const debug = silently;
export const fatal = silently;
export const child = () => ({ info, warn, error, debug, fatal });

/** lib/util */
export function getHashValue(text: unknown, key: unknown): string {
  return createHash("sha256")
    .update(`${String(text)}:${String(key)}`)
    .digest("hex");
}

export function secondsToHoursMinutesSeconds(seconds: unknown): unknown {
  const whole = Number(seconds);
  if (!Number.isFinite(whole)) return seconds;
  const parts = [
    [Math.floor(whole / 3600), "hour"],
    [Math.floor((whole % 3600) / 60), "minute"],
    [whole % 60, "second"],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
  return words.length === 0 ? "0 seconds" : words.join(", ");
}

export function getMostRecentDate(dates: unknown): unknown {
  const { allDateValues } = membersIn(dates);
  const known = (Array.isArray(allDateValues) ? allDateValues : []).filter((date) => Boolean(date));
  return known.reduce((latest: unknown, date: unknown) => (Number(date) > Number(latest) ? date : latest), 0);
}

export function getMediaReaderLinkByPlatformMediaLink(link: unknown): string | null {
  const address = textIn(link);
  if (address === undefined) return null;
  return `https://ringcentral.github.io/ringcentral-media-reader/?media=${encodeURIComponent(address)}`;
}

/** App Connect answers this where it does not know the place; here it never does. */
export function getTimeZone(): string {
  return "Unknown timezone";
}

/** lib/accountData: the connector's own option lists, kept for a day. */
export async function getAccountData(asked: unknown): Promise<unknown> {
  const { authHeader, dataKey, forceRefresh, platform, user } = membersIn(asked);
  const list = currentCall.getStore()?.exports.accountData.get(String(dataKey));
  if (list === undefined) throw new Error(`The connector declares no account data ${String(dataKey)}.`);
  const fetchFn = () => list.fetch({ user, authHeader });
  return getOrRefreshAccountData({ platformName: platform, dataKey, forceRefresh, fetchFn });
}

export function getAccountDataKeys(): string[] {
  return [...(currentCall.getStore()?.exports.accountData.keys() ?? [])];
}

function silently(): void {
  return undefined;
}
