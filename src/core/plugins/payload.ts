/** What a plugin is shown of a log, and what of its answer counts: never a token, never which log of whom it is. */

import { isJsonObject, type JsonObject } from "../../store/json.ts";
import { withoutTokens } from "../media-link.ts";

/** Members that no plugin sees or decides: credentials, and on whose behalf somebody logs. */
const WITHHELD = /token|jwt|password|secret|authorization|^isAssignedToUser$|^adminAssignedUserRcId$/i;

/** A copy without what is withheld; links lose their credentials. */
export function shownPayload(payload: JsonObject): JsonObject {
  const secrets = withheldTexts(payload);
  return shownObject(payload, secrets);
}

function shownObject(object: JsonObject, secrets: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => (WITHHELD.test(name) ? [] : [[name, shown(value, secrets)]])),
  );
}

function shown(value: unknown, secrets: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => shown(item, secrets));
  if (isJsonObject(value)) return shownObject(value, secrets);
  return typeof value === "string" && /^\s*https?:/i.test(value) ? withoutTokens(value, secrets) : value;
}

function withheldTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(withheldTexts);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    WITHHELD.test(name) && typeof member === "string" ? [member] : withheldTexts(member),
  );
}

/** The plugin's payload with what was withheld from it; undefined where it speaks of another log than it was asked about. */
export function heededPayload(payload: JsonObject, answer: unknown): JsonObject | undefined {
  if (!isJsonObject(answer) || identityOf(answer) !== identityOf(payload)) return undefined;
  return withWithheld(payload, answer);
}

/** Also where the plugin left out the object that held it. */
function withWithheld(original: JsonObject, answer: JsonObject): JsonObject {
  const said = Object.entries(answer)
    .filter(([name]) => !WITHHELD.test(name))
    .map(([name, value]): [string, unknown] => {
      const before = original[name];
      return [name, isJsonObject(value) ? withWithheld(isJsonObject(before) ? before : {}, value) : value];
    });
  const unsaid = Object.entries(original).flatMap(([name, value]): [string, unknown][] => {
    if (WITHHELD.test(name)) return [[name, value]];
    if (Object.hasOwn(answer, name) || !isJsonObject(value)) return [];
    const kept = withWithheld(value, {});
    return Object.keys(kept).length === 0 ? [] : [[name, kept]];
  });
  return Object.fromEntries([...said, ...unsaid]);
}

/** Which call or conversation it is, and whose contact it belongs to. */
function identityOf(payload: JsonObject): string {
  const { sessionId, contactId, contactType, logInfo } = payload;
  const log = isJsonObject(logInfo) ? logInfo : {};
  const messages = Array.isArray(log["messages"]) ? log["messages"] : [];
  const correspondents = Array.isArray(log["correspondents"]) ? log["correspondents"] : [];
  return JSON.stringify([
    [sessionId, contactId, contactType],
    [log["sessionId"], log["conversationId"], log["conversationLogId"], correspondents.length],
    messages.map((message: unknown) => (isJsonObject(message) ? [message["id"], message["direction"]] : message)),
  ]);
}
