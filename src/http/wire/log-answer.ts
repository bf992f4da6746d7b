/** How a log stands, in the words that the client shows. */

import type { LogOutcome } from "../../core/log-outcome.ts";
import { danger, type ReturnMessage, success, warning } from "../return-message.ts";

export interface LogAnswer {
  successful: boolean;
  logId?: string;
  returnMessage: ReturnMessage;
}

/** `done` is said once it stands in the CRM, for instance "Call logged". */
export function logAnswer(outcome: LogOutcome, done: string): LogAnswer {
  switch (outcome.outcome) {
    case "written":
      return { successful: true, logId: outcome.logId, returnMessage: success(`${done} in ${outcome.crmName}.`) };
    case "accepted":
      return { successful: true, logId: outcome.logId, returnMessage: warning(onItsWay(outcome)) };
    case "refused":
      return {
        successful: false,
        ...(outcome.logId === undefined ? {} : { logId: outcome.logId }),
        returnMessage: danger(outcome.reason),
      };
  }
}

function onItsWay({ crmName, reason, needsLogin }: Extract<LogOutcome, { outcome: "accepted" }>): string {
  const why = reason ?? `${crmName} has not answered yet.`;
  const when = needsLogin ? `as soon as you connect to ${crmName} again` : `as soon as ${crmName} can be reached`;
  return `${why} Nothing is lost: it is saved here and will be written ${when}.`;
}
