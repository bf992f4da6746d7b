/** The door `trunkline/sdk`: all that a connector's author needs. */

export { apiKey, EXTENSION_REDIRECT_URI, oauth2 } from "./auth.ts";
export type {
  ApiKeyAuth,
  ApiKeyForm,
  OAuth2Auth,
  OAuth2Client,
  OAuth2Endpoints,
  OAuthGrant,
  TokenRequest,
} from "./auth.ts";
export type * from "./appointments.ts";
export { defineConnector } from "./connector.ts";
export type * from "./connector.ts";
export { path } from "./crm-http.ts";
export type { CrmClient, CrmRequestOptions } from "./crm-http.ts";
export { TrunklineError } from "./errors.ts";
export type { ErrorCode, ErrorFacts, Origin, Retry } from "./errors.ts";
export type * from "./log-facts.ts";
export type { PlatformManifest } from "./manifest.ts";
export type * from "./own-requests.ts";
// Answers are described with these, and they must be the very ones that check them.
export { type Static, type TSchema, Type } from "typebox";
