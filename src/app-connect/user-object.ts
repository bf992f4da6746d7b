/** The user as App Connect hands them to a connector: a row of its table, with the credentials in clear, that can be saved. */

import type { CrmUser } from "../sdk/connector.ts";
import type { AccessChange, HandedCredentials } from "../sdk/own-requests.ts";
import { defined } from "../sdk/defined.ts";
import { membersIn } from "./answers.ts";
import { isMembers, type Members } from "./exports.ts";
import { offsetNow, readableOffset } from "./time-zone.ts";

/** Connectors read and assign these; `save` keeps what they assigned. */
export interface AppConnectUser extends Members {
  id: string;
  accessToken: string;
  platformAdditionalInfo: Members;
}

/** Whose row it is; before the first login only what the connector itself has just said. */
export type UserFacts = Pick<CrmUser, "id" | "tenant" | "hostname" | "timeZone" | "settings"> & { platform: string };

export interface UserObjectOptions {
  facts: UserFacts;
  credentials: HandedCredentials;
  remembered: Readonly<Record<string, unknown>>;
  /** Undefined: what is saved lives as long as the object. */
  keep?: (change: AccessChange) => Promise<void>;
}

export function userObject({ facts, credentials, remembered, keep }: UserObjectOptions): AppConnectUser {
  const { id, tenant, hostname, timeZone, settings, platform } = facts;
  const { accessToken, refreshToken, expiresAt } = tokensOf(credentials);
  const user: AppConnectUser = {
    id,
    // The account is a key for what connectors cache, and nothing else is known of it here.
    rcAccountId: tenant,
    hashedRcExtensionId: "",
    hostname: hostname ?? "",
    timezoneName: timeZone.includes("/") || timeZone === "UTC" ? timeZone : "",
    timezoneOffset: readableOffset(offsetNow(timeZone)),
    platform,
    accessToken,
    refreshToken,
    tokenExpiry: expiresAt === undefined ? null : new Date(expiresAt),
    platformAdditionalInfo: structuredClone({ ...remembered }),
    userSettings: structuredClone({ ...settings }),
  };
  let known = { access: changeOf(user, credentials), settings: structuredClone(settings) };
  const save = async () => {
    const now = {
      access: changeOf(user, credentials),
      settings: structuredClone({ ...membersIn(user["userSettings"]) }),
    };
    const changed = changedIn(now.settings, known.settings);
    const change = {
      ...(JSON.stringify(now.access) === JSON.stringify(known.access) ? {} : now.access),
      ...(Object.keys(changed).length === 0 ? {} : { settings: changed }),
    };
    if (keep !== undefined && Object.keys(change).length > 0) await keep(change);
    known = now;
    return user;
  };
  return Object.defineProperties(user, {
    save: { value: save },
    update: {
      value(values: unknown) {
        if (isMembers(values)) Object.assign(user, values);
        return save();
      },
    },
    set: {
      value(name: unknown, value: unknown) {
        if (typeof name === "string") user[name] = value;
        else if (isMembers(name)) Object.assign(user, name);
        return user;
      },
    },
    get: { value: (name: unknown) => (typeof name === "string" ? user[name] : user) },
    changed: { value: () => true },
    reload: { value: () => Promise.resolve(user) },
    // Logging out is Trunkline's business: it wipes the credentials in any case.
    destroy: { value: () => Promise.resolve() },
  });
}

/** What the connector may have changed: tokens, and what it remembers. */
export function changeOf(user: AppConnectUser, { type }: Pick<HandedCredentials, "type">): AccessChange {
  const { accessToken, refreshToken, tokenExpiry, platformAdditionalInfo } = user;
  const remembered = structuredClone(platformAdditionalInfo);
  if (type === "apiKey") return { remembered, apiKey: accessToken };
  const expiresAt = momentOf(tokenExpiry);
  return defined({
    remembered,
    accessToken,
    refreshToken: typeof refreshToken === "string" && refreshToken !== "" ? refreshToken : undefined,
    expiresAt,
  });
}

/** By key: what the administrator decided, and what others change meanwhile, stays theirs. */
function changedIn(now: Members, before: Readonly<Members>): Members {
  const entries = Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]));
  return Object.fromEntries(entries);
}

function tokensOf(credentials: HandedCredentials) {
  if (credentials.type === "apiKey") {
    return { accessToken: credentials.apiKey, refreshToken: undefined, expiresAt: undefined };
  }
  const { accessToken, refreshToken, expiresAt } = credentials;
  return { accessToken, refreshToken, expiresAt };
}

function momentOf(value: unknown): number | undefined {
  const at = value instanceof Date ? value.getTime() : typeof value === "string" ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(at) ? at : undefined;
}
