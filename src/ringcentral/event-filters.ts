/** What of RingCentral's can be listened to: the event filters of a subscription. */

const ACCOUNT = "/restapi/v1.0/account/~";

/** Every change of every call in the account; takes the app permission CallControl and the user's view of the company. */
export const ACCOUNT_TELEPHONY_SESSIONS = `${ACCOUNT}/telephony/sessions`;

export function telephonySessionsOf(extensionId: string): string {
  return `${ACCOUNT}/extension/${encodeURIComponent(extensionId)}/telephony/sessions`;
}

/** Something is new or has changed in the message store: which texts, faxes and voicemails, without what they say. */
export function messageStoreOf(extensionId: string): string {
  return `${ACCOUNT}/extension/${encodeURIComponent(extensionId)}/message-store`;
}

/** Texts that arrive, with what they say. What is sent comes through `messageStoreOf` alone. */
export function incomingTextsOf(extensionId: string): string {
  return `${messageStoreOf(extensionId)}/instant?type=SMS`;
}

/** A reminder once less than `thresholdSeconds` are left, again after `intervalSeconds`. */
export function expiryReminder(thresholdSeconds: number, intervalSeconds: number): string {
  return `/restapi/v1.0/subscription/~?threshold=${thresholdSeconds}&interval=${intervalSeconds}`;
}
