/** Who uninstalled the app: Pipedrive tells the callback address ("Handling user app uninstallation", page of 2025-11-12). */

import { Type } from "typebox";
import { compiled } from "../../compiled.ts";

const Id = Type.Union([Type.Integer(), Type.String({ minLength: 1 })]);
const Uninstallation = compiled(Type.Object({ company_id: Id, user_id: Id }));

/** Two companies may share a user id, so both are needed. */
export function uninstalledBy(body: unknown): { tenant: string; userId: string } | undefined {
  if (!Uninstallation.Check(body)) return undefined;
  return { tenant: String(body.company_id), userId: String(body.user_id) };
}
