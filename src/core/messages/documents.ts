/** Carries faxes and pictures from RingCentral into a CRM that stores documents. The token is used for the download and kept nowhere. */

import { type Agent, request } from "undici";
import type { LogContact, Submission } from "../../sdk/connector.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import type { StoredUser } from "../../store/users.ts";
import type { CrmReacher } from "../crm-reach.ts";

const LARGEST_BYTES = 25 * 1024 * 1024;
const DOWNLOAD_MS = 10_000;

/** A fax or a picture at RingCentral's media host. */
export interface DocumentSource {
  messageId: string;
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
  /** Answers how many could not be carried; their links stand in the log in any case. Zero where the CRM stores none. */
  carry(user: StoredUser, documents: DocumentsToCarry): Promise<number>;
}

export interface DocumentsDependencies {
  agent: Agent;
  reacher: CrmReacher;
  /** RingCentral's origin where it was moved; undefined: RingCentral's own media hosts. */
  ringCentralServer: string | undefined;
}

export function createDocuments({ agent, reacher, ringCentralServer }: DocumentsDependencies): Documents {
  async function download(uri: string, token: string): Promise<Buffer> {
    const url = URL.canParse(uri) ? new URL(uri) : undefined;
    if (url === undefined || !isMediaHost(url, ringCentralServer)) throw notFetched();
    for (const name of ["access_token", "accessToken"]) url.searchParams.delete(name);
    const answer = await request(url, {
      dispatcher: agent,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(DOWNLOAD_MS),
    });
    if (answer.statusCode !== 200) {
      await answer.body.dump();
      throw notFetched();
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > LARGEST_BYTES) throw notFetched();
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  }

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

/** A token may only travel to RingCentral. */
function isMediaHost(url: URL, moved: string | undefined): boolean {
  if (moved !== undefined) return url.origin === new URL(moved).origin;
  return url.protocol === "https:" && url.port === "" && url.hostname.endsWith(".ringcentral.com");
}

function notFetched(): TrunklineError {
  return new TrunklineError("unsupported", "The document could not be fetched from RingCentral.");
}
