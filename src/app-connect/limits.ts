/** What App Connect's interface cannot promise, and what of a connector Trunkline does not use: for the report card. */

import type { AppConnectExports } from "./exports.ts";

/** Functions of App Connect's interface that have no counterpart here. */
const NOT_CALLED = ["onUpdateUserSettings", "getServerLoggingSettings", "updateServerLoggingSettings"];

export function appConnectLimits({ functions }: AppConnectExports, { composes }: { composes: boolean }): string[] {
  const has = (name: string) => functions.has(name);
  const logsMessages = has("createMessageLog") && has("updateMessageLog");
  const notCalled = NOT_CALLED.filter(has);
  const limits: [holds: boolean, sentence: string][] = [
    [
      has("findCallLog"),
      "A connector for App Connect is not told where to put a marker. An extra export findCallLog({ marker, contactId, since, user, authHeader }) that answers { logId }, with the marker that createCallLog receives stored in the record, spares a person the search.",
    ],
    [
      !logsMessages || has("findMessageLog"),
      "The same holds for conversations: an extra export findMessageLog, and the marker that createMessageLog receives.",
    ],
    [
      !logsMessages || has("getMessageLog"),
      "Messages are added one by one. Where the answer to one is lost, getCallLog is tried to see whether it stands there, and a person is asked where that does not tell; an extra export getMessageLog({ messageLogId, user, authHeader }) that answers the text is certain.",
    ],
    [
      composes || !has("getCallLog"),
      "It composes its texts by itself: what a person changed in the CRM survives only as far as the connector sees to it.",
    ],
    [
      has("getCallLog") || !composes,
      "Logs are not updated: there is no getCallLog, and nothing may be written over what nobody has read.",
    ],
    [
      false,
      "Its requests are seen, timed and counted, but not limited to the CRM's hosts: the connector decides where it goes.",
    ],
    [
      false,
      "The tenant is the host that the user connected to, unless getUserInfo answers platformUserInfo.tenant: two companies on one host must not share user ids.",
    ],
    [
      false,
      "Faxes and pictures are linked, never handed over with a token. Shared conversations are logged as ordinary ones.",
    ],
    [notCalled.length === 0, `Not called by Trunkline: ${notCalled.join(", ")}.`],
  ];
  return limits.filter(([holds]) => !holds).map(([, sentence]) => sentence);
}
