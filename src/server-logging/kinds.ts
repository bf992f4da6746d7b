/** Which kinds of messages are logged: all, but for those that somebody has switched off. */

import { settingValue } from "../core/settings.ts";
import type { JsonObject } from "../store/json.ts";
import type { RecordedMessage } from "./recorded-message.ts";

/**
 * The settings by which the extension decides what it logs by itself; older and newer ones spell that of voicemails
 * differently (core/user.js of ringcentral/rc-unified-crm-extension-client, 2025-09 and 2026-08). It takes what is not said for
 * "no"; who switched logging on for a company has said yes, so here only a spoken "no" counts.
 */
export function isSwitchedOff({ kind, direction }: Pick<RecordedMessage, "kind" | "direction">, settings: JsonObject) {
  const said = settingsOf(kind, direction).map((key) => settingValue(settings, key));
  return said.includes(false) && !said.includes(true);
}

function settingsOf(kind: RecordedMessage["kind"], direction: RecordedMessage["direction"]): readonly string[] {
  if (kind === "VoiceMail") return ["autoLogVoicemail", "autoLogVoicemails"];
  if (kind === "SMS") return ["autoLogSMS"];
  return direction === "Inbound" ? ["autoLogInboundFax"] : ["autoLogOutboundFax"];
}
