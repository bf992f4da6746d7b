/** Which extensions are whose, where nobody has said so yet: by e-mail address, else by name. What is missing never matches. */

import type { CrmUserReference } from "../../sdk/connector.ts";
import type { UserMapping } from "../../store/user-mappings.ts";

export interface RcExtension {
  id: string;
  name: string | undefined;
  extensionNumber: string | undefined;
  email: string | undefined;
}

/** The mappings of those who have none yet. An extension that is somebody's already is nobody else's. */
export function matchUsers(
  crmUsers: readonly CrmUserReference[],
  extensions: readonly RcExtension[],
  known: readonly UserMapping[],
): UserMapping[] {
  const settled = new Set(known.map(({ crmUserId }) => crmUserId));
  const taken = new Set(known.flatMap(({ rcExtensionIds }) => rcExtensionIds));
  const open = crmUsers.filter(({ id }) => !settled.has(id));
  const found = new Map<string, string>();
  // All addresses before any name: two people may share a name.
  for (const keyOf of [emailOf, nameOf]) {
    for (const user of open.filter(({ id }) => !found.has(id))) {
      const key = keyOf(user);
      const extension = extensions.find((one) => key !== "" && !taken.has(one.id) && keyOf(one) === key);
      if (extension === undefined) continue;
      found.set(user.id, extension.id);
      taken.add(extension.id);
    }
  }
  return [...found].map(([crmUserId, rcExtensionId]) => ({ crmUserId, rcExtensionIds: [rcExtensionId] }));
}

function emailOf({ email }: { email?: string | undefined }): string {
  return (email ?? "").trim().toLowerCase();
}

function nameOf({ name }: { name?: string | undefined }): string {
  return (name ?? "").trim().replace(/\s+/g, " ").toLowerCase();
}
