/** Carries a fax or a picture of a logged message into a CRM that stores documents; the log links to it in any case. */

import type { Documents } from "../core/messages/documents.ts";
import type { FollowedLog } from "../store/followed-logs.ts";
import type { UserStore } from "../store/users.ts";
import type { RecordedDocument } from "./recorded-message.ts";
import type { RingCentralAccesses } from "./ringcentral-access.ts";

export interface CarryingDependencies {
  accesses: RingCentralAccesses;
  documents: Documents;
  users: Pick<UserStore, "get">;
}

/** Throws where it could not be carried, such as while the CRM is away or the login at RingCentral is over. */
export type CarryDocument = (followed: FollowedLog, document: RecordedDocument) => Promise<void>;

export function createCarrying({ accesses, documents, users }: CarryingDependencies): CarryDocument {
  return async ({ account, extensionId }, { contact, source, submission, userId }) => {
    const user = await users.get(userId);
    if (user === undefined) return;
    const rcAccessToken = await accesses.of({ rcAccount: account.rcAccount, extensionId }).accessToken();
    await documents.carryOne(user, { contact, submission, source, rcAccessToken });
  };
}
