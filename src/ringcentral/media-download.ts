/** Downloads faxes and pictures from RingCentral. The token travels in a header, to RingCentral alone, and is kept nowhere. */

import type { Agent } from "undici";
import { TrunklineError } from "../sdk/errors.ts";
import { exchange } from "../sdk/exchange.ts";
import { mediaOrigin } from "./content-addresses.ts";

const LARGEST_BYTES = 25 * 1024 * 1024;
const DOWNLOAD_MS = 10_000;

export type MediaDownload = (uri: string, accessToken: string) => Promise<Uint8Array>;

/** `server` is the origin that RingCentral was moved to, with the media host that goes with it; undefined: RingCentral's own hosts. */
export function createMediaDownload({ agent, server }: { agent: Agent; server: string | undefined }): MediaDownload {
  return async (uri, accessToken) => {
    const url = URL.canParse(uri) ? new URL(uri) : undefined;
    if (url === undefined || !isRingCentral(url, server)) throw notFetched();
    for (const name of ["access_token", "accessToken"]) url.searchParams.delete(name);
    const { status, body } = await exchange(agent, {
      origin: url.origin,
      path: url.pathname + url.search,
      method: "GET",
      headers: { authorization: `Bearer ${accessToken}` },
      body: null,
      responseMs: DOWNLOAD_MS,
      totalMs: DOWNLOAD_MS,
      bodyBytes: LARGEST_BYTES,
    });
    if (status !== 200 || body === undefined) throw notFetched();
    return body;
  };
}

function isRingCentral(url: URL, moved: string | undefined): boolean {
  if (moved !== undefined) return url.origin === new URL(moved).origin || url.origin === mediaOrigin(moved);
  return url.protocol === "https:" && url.port === "" && url.hostname.endsWith(".ringcentral.com");
}

function notFetched(): TrunklineError {
  return new TrunklineError("unsupported", "The document could not be fetched from RingCentral.");
}
