/** Which activity type a log gets: the one that the account set, else the first whose name says what it is for. */

import { type Static, Type } from "typebox";
import type { CrmContext, CrmUser } from "../../sdk/connector.ts";
import type { CrmClient } from "../../sdk/crm-http.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import { ActivityTypes } from "./schemas.ts";
import { compiled } from "../../compiled.ts";

/** A kind of log, the word that the name of its type holds, and the setting that chooses another. */
export type LogKind = "call" | "sms";

/** The ids under which App Connect keeps them. */
export const ACTIVITY_TYPE_SETTINGS = { call: "pipedriveCallActivityType", sms: "pipedriveSMSActivityType" } as const;

const ActiveTypes = Type.Array(Type.Object({ key: Type.String(), name: Type.String() }));
type ActiveTypes = Static<typeof ActiveTypes>;

const Remembered = compiled(Type.Object({ activityTypes: ActiveTypes }));
const Setting = compiled(Type.Object({ value: Type.String({ pattern: "\\S" }) }));

/** Cost: 1 request of 20 tokens, which is why they are read at login and remembered. */
export async function readActiveTypes(crm: CrmClient): Promise<ActiveTypes> {
  const { data } = await crm.get("/v1/activityTypes", { as: ActivityTypes });
  return data
    .filter(({ active_flag }) => active_flag !== false)
    .map(({ key_string, name }) => ({ key: key_string, name }));
}

/**
 * Runs `write` with the type's key. What was remembered at login may be out of date: the types are read anew where none of them
 * fits and where Pipedrive refuses the one that did. Cost: that of `write`; in those rare cases 1 or 2 requests more.
 */
export async function withActivityType<T>(
  { crm, user }: CrmContext,
  kind: LogKind,
  write: (type: string) => Promise<T>,
): Promise<T> {
  const known = chosenType(rememberedTypes(user), user, kind);
  if (known === undefined) return write(await presentType({ crm, user }, kind));
  try {
    return await write(known);
  } catch (thrown) {
    if (!(thrown instanceof TrunklineError) || thrown.code !== "crm-rejected") throw thrown;
    const present = await presentType({ crm, user }, kind);
    if (present === known) throw thrown;
    return write(present);
  }
}

async function presentType({ crm, user }: CrmContext, kind: LogKind): Promise<string> {
  const types = await readActiveTypes(crm);
  const chosen = chosenType(types, user, kind) ?? types.find(isNamedAfter(kind))?.key;
  if (chosen !== undefined) return chosen;
  throw new TrunklineError(
    "crm-rejected",
    `Pipedrive has no active activity type whose name contains "${kind}". Please add one there, or name another in the settings.`,
  );
}

/** Undefined where the setting names a type that is not among these. */
function chosenType(types: ActiveTypes, user: CrmUser, kind: LogKind): string | undefined {
  const setting = user.settings[ACTIVITY_TYPE_SETTINGS[kind]];
  if (!Setting.Check(setting)) return types.find(isNamedAfter(kind))?.key;
  const wanted = setting.value.trim().toLowerCase();
  return types.find(({ key, name }) => key.toLowerCase() === wanted || name.toLowerCase() === wanted)?.key;
}

function isNamedAfter(kind: LogKind) {
  return ({ name }: ActiveTypes[number]) => name.toLowerCase().includes(kind);
}

function rememberedTypes({ platformAdditionalInfo }: CrmUser): ActiveTypes {
  return Remembered.Check(platformAdditionalInfo) ? platformAdditionalInfo.activityTypes : [];
}
