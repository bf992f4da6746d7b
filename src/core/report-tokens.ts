/** What opens one user's report for a few minutes: signed, so that every replica knows it and nothing has to be kept. */

import { createHmac, timingSafeEqual } from "node:crypto";

/** App Connect's own limit ("/debug/report/url" in its public OpenAPI document, 1.7.42). */
const OPEN_FOR_MS = 5 * 60 * 1000;

export interface ReportTokens {
  issue(userId: string): string;
  /** The user whose report it opens; undefined for a token that is forged or has run out. */
  userIn(token: string): string | undefined;
}

export function createReportTokens({ secret }: { secret: string }): ReportTokens {
  // A key of its own: what it signs opens no session, and a session's token no report.
  const key = createHmac("sha256", secret).update("debug report").digest();
  const signatureOf = (claim: string) => createHmac("sha256", key).update(claim).digest();

  return {
    issue(userId) {
      const claim = `${userId}.${Date.now() + OPEN_FOR_MS}`;
      return `${claim}.${signatureOf(claim).toString("base64url")}`;
    },

    userIn(token) {
      const { claim = "", signature = "", until, userId } = PARTS.exec(token)?.groups ?? {};
      const given = Buffer.from(signature, "base64url");
      const right = signatureOf(claim);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      return Number(until) > Date.now() ? userId : undefined;
    },
  };
}

const PARTS = /^(?<claim>(?<userId>[^.]+)\.(?<until>\d+))\.(?<signature>[^.]+)$/;
