/** The settings that apply to a user: their own, as far as the administrator of their account leaves it to them. */

import { isJsonObject, type JsonObject } from "../../store/json.ts";

/** Keys of plugins, whose fields are decided about one by one. */
const PLUGIN = /^plugin_/;

/** Contract: "Settings and admin". What the administrator removed is not there for anybody. */
export function effectiveSettings(own: JsonObject, account: JsonObject | undefined): JsonObject {
  if (account === undefined) return own;
  const keys = new Set([...Object.keys(account), ...Object.keys(own)]);
  const entries = [...keys].flatMap((key): [string, unknown][] => {
    const decided = memberOf(account, key);
    if (isJsonObject(decided) && decided["isRemoved"] === true) return [];
    const chosen = memberOf(own, key);
    if (PLUGIN.test(key) && isJsonObject(decided) && isJsonObject(chosen)) return [[key, pluginOf(decided, chosen)]];
    return [[key, effectiveEntry(decided, chosen)]];
  });
  return Object.fromEntries(entries);
}

function effectiveEntry(decided: unknown, chosen: unknown): unknown {
  if (decided === undefined) return unlockedEntry(chosen);
  if (!isJsonObject(decided) || !isOpen(decided) || !isJsonObject(chosen)) return decided;
  // What there is to choose from stays the administrator's.
  const { options, defaultValue } = decided;
  return {
    ...chosen,
    ...(options === undefined ? {} : { options }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    customizable: true,
  };
}

/** The plugin is the administrator's; of its fields, those that are open are the user's. */
function pluginOf(decided: JsonObject, chosen: JsonObject): JsonObject {
  const { value } = decided;
  if (!isJsonObject(value) || !isJsonObject(value["config"])) return decided;
  const own = isJsonObject(chosen["value"]) ? chosen["value"]["config"] : undefined;
  const config = Object.fromEntries(
    Object.entries(value["config"]).map(([field, entry]) => [
      field,
      effectiveEntry(entry, isJsonObject(own) ? memberOf(own, field) : undefined),
    ]),
  );
  return { ...decided, value: { ...value, config } };
}

/** Clients store what they were shown: a lock that the administrator has lifted must not live on in the user's own entry. */
function unlockedEntry(entry: unknown): unknown {
  const isLocked = isJsonObject(entry) && entry["customizable"] !== undefined && entry["customizable"] !== true;
  return isLocked ? { ...entry, customizable: true } : entry;
}

/** Older clients spell it differently. */
function isOpen({ customizable, isCustomizable }: JsonObject): boolean {
  return (customizable ?? isCustomizable) === true;
}

/** Keys come from clients: what every object has is not theirs. */
function memberOf(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
