/** One request and what must come back, as a row of a table. */

import { setFaults, type WireAnswer } from "../support/trunkline.ts";
import type { Extension } from "./extension.ts";

export interface Exchange {
  /** "stranger" sends no token, "nobody" one that is worth nothing. */
  as?: "stranger" | "nobody";
  /** With a token of RingCentral's, as newer clients send it; "worthless" is one that RingCentral does not know. */
  holding?: "administrator" | "agent" | "worthless";
  /** `{id}` stands for what `id` answers. */
  route: string;
  id?: (extension: Extension) => Promise<string>;
  /** Raw, or made when its turn comes. */
  query?: string | ((extension: Extension, tokens: RingCentralTokens) => Promise<string>);
  body?: unknown;
  status: number;
  /** What the answer must hold. */
  says: RegExp;
  /** While the Demo CRM answers everything with 500. */
  crmFails?: true;
}

/** Tokens of people in one company at RingCentral. */
export interface RingCentralTokens {
  administrator: string;
  agent: string;
  /** What RingCentral's authorisation page would send one of them back with. */
  codeFor(who: "administrator" | "agent", redirectUri: string): string;
}

/** Makes one exchange and answers with what came back. */
export async function exchange(
  extension: Extension,
  { as, holding, route, id, query = "", body, crmFails }: Exchange,
  tokens: RingCentralTokens,
): Promise<WireAnswer> {
  const { running } = extension;
  const sender =
    as === undefined ? extension : extension.as(as === "nobody" ? "eyJhbGciOiJIUzI1NiJ9.e30.worthless" : undefined);
  const rcToken = holding === "worthless" ? holding : holding && tokens[holding];
  const headers: Record<string, string> = rcToken === undefined ? {} : { "x-rc-access-token": rcToken };
  const raw = typeof query === "string" ? query : await query(extension, tokens);
  const asked = id === undefined ? route : route.replace("{id}", await id(extension));
  if (crmFails) {
    const kind = "500" as const;
    await setFaults(
      running,
      ...["GET", "POST", "PATCH"].map((method) => ({ match: `${method} /api`, kind, times: 1_000 })),
    );
  }
  try {
    return await sender.ask(asked, raw, body, headers);
  } finally {
    if (crmFails) await setFaults(running);
  }
}
