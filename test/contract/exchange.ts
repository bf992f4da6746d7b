/** One request and what must come back, as a row of a table. */

import { setFaults, type WireAnswer } from "../support/trunkline.ts";
import type { Extension } from "./extension.ts";

export interface Exchange {
  /** "stranger" sends no token, "nobody" one that is worth nothing. */
  as?: "stranger" | "nobody";
  route: string;
  /** Raw, or made when its turn comes. */
  query?: string | ((extension: Extension) => Promise<string>);
  body?: unknown;
  status: number;
  /** What the answer must hold. */
  says: RegExp;
  /** While the Demo CRM answers everything with 500. */
  crmFails?: true;
}

/** Makes one exchange and answers with what came back. */
export async function exchange(
  extension: Extension,
  { as, route, query = "", body, crmFails }: Exchange,
): Promise<WireAnswer> {
  const { running } = extension;
  const sender =
    as === undefined ? extension : extension.as(as === "nobody" ? "eyJhbGciOiJIUzI1NiJ9.e30.worthless" : undefined);
  const raw = typeof query === "string" ? query : await query(extension);
  if (crmFails) {
    const kind = "500" as const;
    await setFaults(
      running,
      ...["GET", "POST", "PATCH"].map((method) => ({ match: `${method} /api`, kind, times: 1_000 })),
    );
  }
  try {
    return await sender.ask(route, raw, body);
  } finally {
    if (crmFails) await setFaults(running);
  }
}
