/** For connectors that speak HTTP by themselves: the user's credentials in clear, and what Trunkline wants to hear of the requests. */

import type { CrmBudget, CrmRequestEvent } from "./crm-http.ts";

/** What opens the CRM for one user. */
export type HandedCredentials =
  | {
      type: "apiKey";
      /** A whole header value. */
      authorization: string;
      /** The key as it was typed, or the one that the CRM gave for it. */
      apiKey: string;
    }
  | {
      type: "oauth";
      authorization: string;
      accessToken: string;
      refreshToken?: string | undefined;
      expiresAt?: number | undefined;
    };

/** How a connector that speaks HTTP by itself reaches its user's CRM. */
export interface OwnAccess {
  /** Refreshed before they run out. */
  credentials(): Promise<HandedCredentials>;
  /** After a 401: fresh ones, or undefined where there are none to be had. */
  renewed(refused: HandedCredentials): Promise<HandedCredentials | undefined>;
  /** What `getUserInfo` or `keep` asked to remember; sealed, because it may hold secrets. */
  remembered: Readonly<Record<string, unknown>>;
  /** Remembers more, or a credential that the CRM has changed. */
  keep(change: AccessChange): Promise<void>;
  /** For logs, metrics and the budget. */
  observe(request: Pick<CrmRequestEvent, "method" | "path" | "outcome" | "milliseconds">): void;
  learnBudget(budget: CrmBudget): void;
}

export interface AccessChange {
  remembered?: Record<string, unknown> | undefined;
  apiKey?: string | undefined;
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  expiresAt?: number | undefined;
  /** Those of the user's settings that the connector has changed, by key. */
  settings?: Record<string, unknown> | undefined;
}

/** What a login brought, for connectors that speak HTTP by themselves. Addresses are checked against the connector's hosts. */
export interface LoginDetails {
  authorization: string;
  apiKey?: string | undefined;
  /** What else the login form held. */
  additionalInfo?: Readonly<Record<string, unknown>> | undefined;
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  expiresAt?: number | undefined;
  tokenUrl?: string | undefined;
  apiUrl?: string | undefined;
  username?: string | undefined;
  callbackUri?: string | undefined;
  /** The CRM's whole answer to the token request. */
  tokenAnswer?: Readonly<Record<string, unknown>> | undefined;
}
