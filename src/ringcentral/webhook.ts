/** What RingCentral sends to a webhook: the trial before a subscription stands, and events. */

import { createHash, timingSafeEqual } from "node:crypto";

/** RingCentral's trial token is a UUID; whatever else a stranger has in the header is not sent back. */
const TRIAL_TOKEN = /^[\w.~+/=-]{1,200}$/;

type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The value to answer in the header `Validation-Token`, together with 200, a JSON content type and an empty body; undefined
 * where this is no trial. It comes while the subscription is being made, so it cannot be told from a stranger's, and gives
 * nothing away ("Creating webhooks", 2025-08).
 */
export function trialToken(headers: RequestHeaders): string | undefined {
  const token = headers["validation-token"];
  return typeof token === "string" && TRIAL_TOKEN.test(token) ? token : undefined;
}

/** Whether it is RingCentral's for the subscription that was made with this verification token. */
export function isVerified(headers: RequestHeaders, verificationToken: string): boolean {
  const token = headers["verification-token"];
  return typeof token === "string" && timingSafeEqual(digest(token), digest(verificationToken));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
