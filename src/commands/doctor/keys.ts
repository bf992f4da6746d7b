/** Whether our keys open what is stored. */

import type { Store } from "../../open-store.ts";
import type { ListedUser } from "../../store/user-lists.ts";
import { type Finding, findingsOf } from "./finding.ts";

/** Each is opened in earnest; of all others the id of their key is looked at. */
const CREDENTIALS_OPENED = 100;

export async function checkKeys({ keyRotation, userLists, users }: Store, list: Finding[]): Promise<void> {
  const findings = findingsOf("keys", list);
  const [first, ...older] = keyRotation.keyIds;
  const uses = await keyRotation.uses();
  const valuesOf = (isTheirs: (keyId: string) => boolean) =>
    uses.reduce((sum, { keyId, values }) => sum + (isTheirs(keyId) ? values : 0), 0);
  findings.ok({ about: first, found: `seals; ${counted(valuesOf((id) => id === first))} need it` });
  for (const id of older) {
    findings.ok({ about: id, found: `opens; ${counted(valuesOf((other) => other === id))} need it` });
  }
  const unknown = [...new Set(uses.map(({ keyId }) => keyId))].filter((id) => !keyRotation.keyIds.includes(id));
  for (const id of unknown) {
    const remedy = "Add the key with this id to TRUNKLINE_ENCRYPTION_KEYS, behind the others.";
    const found = `is not among ours, and ${counted(valuesOf((other) => other === id))} cannot be opened without it`;
    findings.problem({ about: id, found, remedy });
  }
  const page = (await userLists.page(undefined, CREDENTIALS_OPENED)).filter((user) => user.connected);
  const closed = await closedCredentials({ users }, page);
  if (closed.length === 0) {
    findings.ok({ about: "credentials", found: `${page.length} of ${page.length} that were tried can be opened` });
  } else {
    const remedy = `Let them log in again: ${closed.map(({ name }) => name).join(", ")}.`;
    findings.problem({ about: "credentials", found: `${closed.length} of ${page.length} cannot be opened`, remedy });
  }
}

async function closedCredentials({ users }: Pick<Store, "users">, page: readonly ListedUser[]): Promise<ListedUser[]> {
  const closed: ListedUser[] = [];
  for (const listed of page) {
    const user = await users.get(listed.id);
    try {
      if (user !== undefined) users.credentialsOf(user);
    } catch {
      closed.push(listed);
    }
  }
  return closed;
}

function counted(values: number): string {
  return values === 1 ? "1 value" : `${values} values`;
}
