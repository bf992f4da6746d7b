/** Stands in for the core's OAuth: connectors make an app of it to get tokens in their own ways. */

import { membersIn } from "../answers.ts";
import type { Members } from "../exports.ts";
import { oauthApp } from "../oauth-app.ts";

export function getOAuthApp(info: unknown): Members {
  return oauthApp(membersIn(info));
}

/** Trunkline has refreshed what had to be before it called. */
export function checkAndRefreshAccessToken(_app: unknown, user: unknown): Promise<unknown> {
  return Promise.resolve(user);
}
