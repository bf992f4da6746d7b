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
  /** Answers how many could not be carried. Zero where the CRM stores none. */
  carry(user: StoredUser, documents: DocumentsToCarry): Promise<number>;
}

export interface DocumentsDependencies {
  reacher: CrmReacher;
  download(uri: string, accessToken: string): Promise<Uint8Array>;
}

export function createDocuments({ reacher, download }: DocumentsDependencies): Documents {
  return {
    async carry(user, { contact, submission, sources, rcAccessToken }) {
      const reach = reacher.of(user);
      const upload = reach.connector.uploadDocument;
      if (upload === undefined) return 0;
      const carried = await Promise.allSettled(
        sources.map(async ({ uri, name, contentType }) => {
          const bytes = await download(uri, rcAccessToken);
          await upload(reach, { contact, submission, name, contentType, bytes });
        }),
      );
      return carried.filter(({ status }) => status === "rejected").length;
    },
  };
}
