/** Who holds a RingCentral access token, on RingCentral's own word: what a browser claims about its account counts for nothing. */

import { type Static, Type } from "typebox";
import { Id, Text, textOf } from "./answer-parts.ts";
import { fingerprint, type PlatformHttp } from "./platform-http.ts";

const KEPT_MS = 60_000;
const TOKENS_KEPT = 1_000;

export interface RingCentralIdentity {
  accountId: string;
  extensionId: string;
  extensionNumber: string | undefined;
  name: string | undefined;
  email: string | undefined;
  /** May administer the whole account, not only a part of it. */
  isAdministrator: boolean;
}

export interface Identities {
  /** One request, or none within a minute of the last. Throws "ringcentral-session-ended" for a token that is worth nothing. */
  whoHolds(accessToken: string): Promise<RingCentralIdentity>;
}

const ExtensionAnswer = Type.Object({
  id: Id,
  extensionNumber: Text,
  name: Text,
  account: Type.Object({ id: Id }),
  contact: Type.Optional(Type.Object({ email: Text })),
  permissions: Type.Optional(
    Type.Object({ admin: Type.Optional(Type.Object({ enabled: Type.Optional(Type.Boolean()) })) }),
  ),
});

export function createIdentities({ http, now }: { http: PlatformHttp; now: () => number }): Identities {
  const known = new Map<string, { until: number; identity: Promise<RingCentralIdentity> }>();

  async function ask(accessToken: string): Promise<RingCentralIdentity> {
    const caller = { authorization: () => Promise.resolve(`Bearer ${accessToken}`) };
    const answer = await http.send(caller, "/restapi/v1.0/account/~/extension/~", {
      group: "Light",
      isUrgent: true,
      as: ExtensionAnswer,
    });
    return identityOf(answer);
  }

  return {
    whoHolds(accessToken) {
      const key = fingerprint(accessToken);
      const present = known.get(key);
      if (present !== undefined && present.until > now()) return present.identity;
      // Whoever asks meanwhile shares this look-up; a failed one is forgotten.
      const identity = ask(accessToken).catch((failure: unknown) => {
        if (known.get(key)?.identity === identity) known.delete(key);
        throw failure;
      });
      known.delete(key);
      known.set(key, { until: now() + KEPT_MS, identity });
      const [oldest] = known.keys();
      if (known.size > TOKENS_KEPT && oldest !== undefined) known.delete(oldest);
      return identity;
    },
  };
}

function identityOf(answer: Static<typeof ExtensionAnswer>): RingCentralIdentity {
  return {
    accountId: textOf(answer.account.id),
    extensionId: textOf(answer.id),
    extensionNumber: answer.extensionNumber,
    name: answer.name,
    email: answer.contact?.email,
    isAdministrator: answer.permissions?.admin?.enabled === true,
  };
}
