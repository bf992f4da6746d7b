/** On whose behalf a service logs: told among the form's values, of which it is none, and never kept with them. */

import type { Assignment } from "../../core/admin/assigned-owner.ts";
import type { Submission } from "../../sdk/connector.ts";

export interface ReadSubmission {
  submission: Submission;
  /** Undefined where it is the user's own. */
  assignment: Assignment | undefined;
}

export function assignmentIn(submitted: Submission | undefined): ReadSubmission {
  const { isAssignedToUser, adminAssignedUserToken, adminAssignedUserRcId, ...submission } = submitted ?? {};
  if (isAssignedToUser !== true && isAssignedToUser !== "true") return { submission, assignment: undefined };
  const assignment = { token: textOf(adminAssignedUserToken), rcExtensionId: textOf(adminAssignedUserRcId) };
  return { submission, assignment };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
