/** Whose records to show: the contact of the call or the conversation that is open. */

/** @import { Call, Parts } from "../types.d.ts" */

import { useStore } from "../../shared/store.js";
import { pageAddress } from "../model/addresses.js";
import { chosenContact } from "../model/callers.js";

/**
 * @typedef {object} OpenContact
 * @property {string | undefined} id
 * @property {string} name
 * @property {string | undefined} page Where the CRM shows the contact.
 * @property {string | undefined} logPage
 * @property {string | undefined} logId
 * @property {Call | undefined} call
 */

/** @param {Parts} parts @returns {OpenContact} */
export function useOpenContact({ calls, session, threads, view }) {
  const { tab } = useStore(view);
  const { platform, hostname } = useStore(session.store);
  const { calls: list, openId } = useStore(calls.store);
  const { threads: conversations, openId: threadId } = useStore(threads.store);
  const call = tab === "messages" ? undefined : list.find(({ sessionId }) => sessionId === openId);
  const open = tab === "messages" ? conversations.find(({ id }) => id === threadId) : call;
  const chosen = open === undefined ? undefined : chosenContact(open.caller);
  const contact = chosen?.isNewContact === true ? undefined : chosen;
  const logId = open?.log.logId?.startsWith("pending-") === true ? undefined : open?.log.logId;
  const values = { hostname, contactId: contact?.id, contactType: contact?.type, logId };
  return {
    id: contact?.id,
    name: contact?.name ?? "",
    page: contact === undefined ? undefined : pageAddress(platform?.contactPageUrl, values),
    logPage: contact === undefined || logId === undefined ? undefined : pageAddress(platform?.logPageUrl, values),
    logId,
    call,
  };
}
