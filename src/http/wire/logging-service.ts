/** The external logging service, which logs for many extensions with one login (contract.md, "Identity"). */

import type { IncomingHttpHeaders } from "node:http";
import { accountNamedBy } from "../../core/admin/administrators.ts";
import type { AssignedOwners, Assignment } from "../../core/admin/assigned-owner.ts";
import type { OneOfSeveral } from "../../core/calls/call-key.ts";
import type { LoggingService } from "../../core/calls/calls.ts";
import type { StoredUser } from "../../store/users.ts";

const LOGGING_SERVICE = /^SSCL/;

interface NamedExtension {
  hashedExtensionId?: string;
  extensionNumber?: string | number;
}

export interface ServiceRequest {
  headers: IncomingHttpHeaders;
  named: NamedExtension;
}

/** Whose call a request of the service is about, as it says itself; undefined where a browser asks. */
export async function extensionIn(
  user: StoredUser,
  owners: Pick<AssignedOwners, "isColleagues">,
  { headers, named }: ServiceRequest,
): Promise<OneOfSeveral | undefined> {
  const name = isLoggingService(headers) ? nameOf(named) : undefined;
  return name === undefined ? undefined : { name, isColleagues: await owners.isColleagues(user, name) };
}

/** What the service logs, beside what a browser would; nothing where a browser logs. The user's own calls need no extension. */
export function loggedByService(
  user: StoredUser,
  {
    headers,
    named,
    assignment,
    owner,
  }: ServiceRequest & { assignment: Assignment | undefined; owner: string | undefined },
): { service?: LoggingService; extension?: OneOfSeveral | undefined } {
  if (!isLoggingService(headers)) return {};
  const name = assignment === undefined || owner === user.crmUserId ? undefined : nameOf(named);
  const account = accountNamedBy(user);
  const notesOf = account === undefined || owner === undefined ? undefined : { account, crmUserId: owner };
  const service = { notesOf, filledInBy: [user.id] };
  return { service, extension: name === undefined ? undefined : { name, isColleagues: true } };
}

function nameOf({ hashedExtensionId = "", extensionNumber = "" }: NamedExtension): string | undefined {
  return hashedExtensionId || String(extensionNumber) || undefined;
}

function isLoggingService(headers: IncomingHttpHeaders): boolean {
  return LOGGING_SERVICE.test(headers["user-agent"] ?? "");
}
