/** Carries faxes and pictures into a CRM that stores documents, beside a log that links to them in any case. */

import type { LogContact, Submission } from "../../sdk/connector.ts";
import type { StoredUser } from "../../store/users.ts";
import type { CrmReacher } from "../crm-reach.ts";

/** A fax or a picture at RingCentral's media host. */
export interface DocumentSource {
  name: string;
  contentType: string;
  uri: string;
}

export interface DocumentsToCarry {
  contact: LogContact;
  submission: Submission;
  sources: readonly DocumentSource[];
  rcAccessToken: string;
}

export interface Documents {
  areStored(user: StoredUser): boolean;
  /** Answers how many could not be carried. Zero where the CRM stores none. */
  carry(user: StoredUser, documents: DocumentsToCarry): Promise<number>;
  /** Throws where it could not be carried. */
  carryOne(user: StoredUser, document: DocumentToCarry): Promise<void>;
}

export interface DocumentToCarry extends Omit<DocumentsToCarry, "sources"> {
  source: DocumentSource;
}

export interface DocumentsDependencies {
  reacher: CrmReacher;
  download(uri: string, accessToken: string): Promise<Uint8Array>;
}

export function createDocuments({ reacher, download }: DocumentsDependencies): Documents {
  async function carryOne(
    user: StoredUser,
    { contact, submission, source: { contentType, name, uri }, rcAccessToken }: DocumentToCarry,
  ): Promise<void> {
    const reach = reacher.of(user);
    const bytes = await download(uri, rcAccessToken);
    await reach.connector.uploadDocument?.(reach, { contact, submission, name, contentType, bytes });
  }

  return {
    carryOne,
    areStored: (user) => reacher.of(user).connector.uploadDocument !== undefined,
    async carry(user, { sources, ...common }) {
      if (reacher.of(user).connector.uploadDocument === undefined) return 0;
      const carried = await Promise.allSettled(sources.map((source) => carryOne(user, { ...common, source })));
      return carried.filter(({ status }) => status === "rejected").length;
    },
  };
}
