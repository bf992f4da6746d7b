/** What RingCentral would send: links with its token, insights, documents. All of it is made up and opens nothing. */

const MEDIA = "https://media.ringcentral.com/restapi/v1.0/account/~";
/** Must appear in no log and in no CRM: the page shows that it does not. */
export const MADE_UP_TOKEN = "made-up-ringcentral-token";

/** @param {string} sessionId */
export function recordingOf(sessionId) {
  return withTokens(`${MEDIA}/recording/${sessionId}/content`);
}

/** @param {string} messageId */
export function attachmentOf(messageId) {
  return withTokens(`${MEDIA}/message-store/${messageId}/content/1`);
}

export const INSIGHTS = {
  aiNote: "The caller asks for an offer by Friday. Next step: send the price list.",
  transcript: "Caller: Could you send me an offer by Friday?\nAgent: Of course, with the price list.",
};

/** @param {string} link */
function withTokens(link) {
  return { link, withToken: `${link}?accessToken=${MADE_UP_TOKEN}` };
}
