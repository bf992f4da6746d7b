/** With which CRM a server is checked. */

import { at, parsed, textAt } from "../../../testing/wire.ts";
import { isObject } from "./answers.ts";
import type { Visit } from "./check.ts";

/** The one that was named, the session's, or the first of the manifest that the login fits. */
export function platformOf({ given, learnt }: Pick<Visit, "given" | "learnt">): string {
  if (given.platform !== undefined) return given.platform;
  const fromToken = given.token === undefined ? "" : textAt(claimsOf(given.token), "platform");
  if (fromToken !== "") return fromToken;
  const platforms = at(learnt.manifest, "platforms");
  const known = isObject(platforms) ? Object.entries(platforms) : [];
  const fitting = known.find(([, platform]) => given.apiKey === undefined || loginOf(platform) === "apiKey");
  return fitting?.[0] ?? known[0]?.[0] ?? "";
}

/** "apiKey" or "oauth", if anything. */
export function loginType(visit: Pick<Visit, "given" | "learnt">): unknown {
  return loginOf(at(visit.learnt.manifest, "platforms", platformOf(visit)));
}

/** Whether the server says that the CRM can do this; undefined where it does not say. */
export function canDo({ learnt }: Pick<Visit, "learnt">, name: string): boolean | undefined {
  const can = at(learnt.interfaces, name);
  return typeof can === "boolean" ? can : undefined;
}

function loginOf(platform: unknown): unknown {
  return at(platform, "auth", "type");
}

/** What a token says of itself, unverified. */
function claimsOf(token: string): unknown {
  return parsed(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
}
