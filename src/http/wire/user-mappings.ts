/** Mappings of CRM users to extensions on the wire: the installed client knows one extension, newer ones a list. */

import { type Static, Type } from "typebox";
import type { MappedUser } from "../../core/admin/user-mapping.ts";
import type { RcExtension } from "../../core/admin/match-users.ts";
import type { UserMapping } from "../../store/user-mappings.ts";

const Id = Type.Union([Type.String({ minLength: 1 }), Type.Number()]);
const Text = Type.Optional(Type.String());
/** How the installed client says that somebody has no extension. */
const NOBODY = "none";

export const WireMapping = Type.Object(
  {
    crmUserId: Id,
    rcExtensionId: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null(), Type.Array(Id)])),
  },
  { additionalProperties: true },
);

export function mappingFrom({ crmUserId, rcExtensionId }: Static<typeof WireMapping>): UserMapping {
  const ids = Array.isArray(rcExtensionId) ? rcExtensionId : [rcExtensionId ?? ""];
  const rcExtensionIds = ids.map(String).filter((id) => id !== "" && id !== NOBODY);
  return { crmUserId: String(crmUserId), rcExtensionIds };
}

/** Only a client that knows lists can have saved several: they are answered as one to whoever asks. */
export function wireMapping({ crmUserId, rcExtensionIds }: UserMapping, isInstalledClient: boolean) {
  if (!isInstalledClient || rcExtensionIds.length > 1) return { crmUserId, rcExtensionId: [...rcExtensionIds] };
  return { crmUserId, rcExtensionId: rcExtensionIds[0] ?? NOBODY };
}

export const WireExtension = Type.Object(
  { id: Id, name: Text, firstName: Text, lastName: Text, extensionNumber: Type.Optional(Id), email: Text },
  { additionalProperties: true },
);

export function extensionFrom(extension: Static<typeof WireExtension>): RcExtension {
  const { id, name, firstName = "", lastName = "", extensionNumber, email } = extension;
  return {
    id: String(id),
    name: name || `${firstName} ${lastName}`.trim() || undefined,
    extensionNumber: extensionNumber === undefined ? undefined : String(extensionNumber),
    email: email || undefined,
  };
}

const RcUser = Type.Object({ extensionId: Type.String(), name: Text, extensionNumber: Text, email: Text });
export const WireMappedUser = Type.Object({
  crmUser: Type.Object({ id: Type.String(), name: Type.String(), email: Text }),
  /** Absent for a user without an extension, where the installed client asks. */
  rcUser: Type.Optional(Type.Union([RcUser, Type.Array(RcUser)])),
});

export function wireMappedUser({ crmUser, extensions }: MappedUser, isInstalledClient: boolean) {
  const rcUsers = extensions.map(({ id, name, extensionNumber, email }) => ({
    extensionId: id,
    ...(name === undefined ? {} : { name }),
    ...(extensionNumber === undefined ? {} : { extensionNumber }),
    ...(email === undefined ? {} : { email }),
  }));
  const [only] = rcUsers;
  if (!isInstalledClient || rcUsers.length > 1) return { crmUser, rcUser: rcUsers };
  return only === undefined ? { crmUser } : { crmUser, rcUser: only };
}
