/** Whose records a request is about: "~" in a path, and what the holder of a token may see. */

import type { FastifyRequest } from "fastify";
import type { Grants } from "./grants.ts";
import { Refused } from "./refusals.ts";
import type { FakeExtension, RingCentralState } from "./state.ts";

/** What every route works with. */
export interface Platform {
  state: RingCentralState;
  grants: Grants;
  /** The origin of the fake. */
  origin(): string;
  /** Pages hold no more than this, whatever is asked for. */
  largestPage: number;
}

export interface Place {
  accountId: string;
  extensionId?: string;
}

export function holderOf(request: FastifyRequest, grants: Grants): FakeExtension {
  const holder = grants.holderOf((request.headers.authorization ?? "").replace("Bearer ", ""));
  if (holder === undefined) throw new Refused(401, "OAU-128", "Access token expired.");
  return holder;
}

/** The extension of a path, as far as the holder may see its calls. */
export function extensionAt(place: Place, holder: FakeExtension, state: RingCentralState): FakeExtension {
  checkAccount(place, holder);
  if (place.extensionId === "~" || place.extensionId === String(holder.id)) return holder;
  const found = state.extensions.find(
    ({ id, accountId }) => String(id) === place.extensionId && accountId === holder.accountId,
  );
  if (found === undefined) {
    throw new Refused(404, "CMN-102", "Resource for parameter [extensionId] is not found", "extensionId");
  }
  if (!holder.isAdministrator) throw new Refused(403, "CMN-404", "Attempt to access another extension");
  return found;
}

export function checkAccount({ accountId }: Place, holder: FakeExtension): void {
  if (accountId === "~" || accountId === String(holder.accountId)) return;
  throw new Refused(403, "CMN-404", "Attempt to access another account");
}

export function checkCompanyView(holder: FakeExtension): void {
  if (!holder.isAdministrator) throw new Refused(403, "CMN-408", "[FullCompanyCallLog] permission required");
}

export function checkMessagesOf(extension: FakeExtension, holder: FakeExtension): void {
  if (extension !== holder && !holder.seesMessagesOfOthers) {
    throw new Refused(403, "CMN-408", "[ReadMessages] permission required");
  }
}
