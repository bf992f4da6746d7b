/** The external logging service, which logs for many extensions with one login (contract.md, "Identity"). */

import type { IncomingHttpHeaders } from "node:http";
import { hashOfRingCentralId } from "../../core/admin/account-hash.ts";
import { accountNamedBy } from "../../core/admin/administrators.ts";
import type { Assignment } from "../../core/admin/assigned-owner.ts";
import type { LoggingService } from "../../core/calls/calls.ts";
import type { StoredUser } from "../../store/users.ts";

const LOGGING_SERVICE = /^SSCL/;

interface NamedExtension {
  hashedExtensionId?: string;
  extensionNumber?: string | number;
}

/** Whose call a request of the service is about, as it says itself; undefined where a browser asks. */
export function extensionNamedIn(headers: IncomingHttpHeaders, named: NamedExtension): string | undefined {
  if (!isLoggingService(headers)) return undefined;
  const { hashedExtensionId = "", extensionNumber = "" } = named;
  return hashedExtensionId || String(extensionNumber) || undefined;
}

export interface ServiceRequest {
  headers: IncomingHttpHeaders;
  named: NamedExtension;
  assignment: Assignment | undefined;
  owner: string | undefined;
  hashKey: string;
}

/** What the service logs, beside what a browser would; nothing where a browser logs. The user's own calls need no extension. */
export function loggedByService(user: StoredUser, { headers, named, assignment, owner, hashKey }: ServiceRequest) {
  if (!isLoggingService(headers)) return {};
  const isOthers = assignment !== undefined && owner !== user.crmUserId;
  const account = accountNamedBy(user);
  const service: LoggingService = {
    notesOf: account !== undefined && owner !== undefined ? { account, crmUserId: owner } : undefined,
    filledInBy: [user.id],
  };
  if (!isOthers) return { service };
  const { rcExtensionId } = assignment;
  const hashed = rcExtensionId === undefined ? undefined : hashOfRingCentralId(rcExtensionId, hashKey);
  return { service, extension: extensionNamedIn(headers, named) ?? hashed };
}

function isLoggingService(headers: IncomingHttpHeaders): boolean {
  return LOGGING_SERVICE.test(headers["user-agent"] ?? "");
}
