/** The contract between Trunkline and a CRM: what a connector is, what each of its functions receives and must answer. */

import type { AppointmentFunctions } from "./appointments.ts";
import type { ApiKeyAuth, OAuth2Auth, OAuth2Client } from "./auth.ts";
import type { CrmClient } from "./crm-http.ts";
import type { TrunklineError } from "./errors.ts";
import type { KnownCall, KnownConversation } from "./log-facts.ts";
import type { PlatformManifest } from "./manifest.ts";
import type { LoginDetails, OwnAccess } from "./own-requests.ts";

/** How a CRM wants the text of a log. */
export type LogFormat = "text/plain" | "text/html" | "text/markdown";

/** The environment variables that a connector declared, by name. */
export type ConnectorEnvironment = Readonly<Record<string, string | undefined>>;

/** One environment variable of a connector; it appears in docs/configuration.md. */
export interface ConnectorVariable {
  name: string;
  explanation: string;
  kind: "origin" | "text" | "secret";
}

/** What a manifest may depend on. */
export interface ManifestSite {
  /** The server's public base URL, without a trailing slash. */
  serverUrl: string;
  environment: ConnectorEnvironment;
}

/** Where a user's CRM lives: what an endpoint's address may depend on. */
export interface CrmPlace extends ManifestSite {
  /** The host that the user connected to, already checked against the connector's list. */
  hostname: string | undefined;
  /** The API's own origin where the CRM's token answer names one, already checked as well. */
  apiOrigin: string | undefined;
  /** Where the client says that tokens are exchanged, already checked as well; most CRMs have one place for all. */
  tokenUrl?: string | undefined;
}

/** The connected person, as a connector may see them: no credentials. */
export interface CrmUser {
  /** The user's id in the CRM. */
  id: string;
  tenant: string;
  name: string;
  hostname: string | undefined;
  /** IANA name or an offset such as "+08:00". */
  timeZone: string;
  /** What `getUserInfo` asked to remember. */
  platformAdditionalInfo: Readonly<Record<string, unknown>>;
  /** The user's settings: key to `{ value, … }`. */
  settings: Readonly<Record<string, unknown>>;
}

/** Given to every function: the user, and an HTTP client bound to the user's host and credentials. */
export interface CrmContext {
  crm: CrmClient;
  user: CrmUser;
  /** Only where the connector has `ownRequests`. */
  access?: OwnAccess;
}

/** Who logged in. The tenant must come from the CRM's own answer: two tenants may share a user id. */
export interface UserInfo {
  id: string;
  name: string;
  tenant: string;
  timezoneName?: string;
  /** "+08:00"; used where the CRM knows no IANA zone. */
  timezoneOffset?: string;
  /** The host that the client should use in links instead of the one it sent. */
  overridingHostname?: string;
  platformAdditionalInfo?: Record<string, unknown>;
  /** A key that the CRM gave for the one that was typed; it takes its place. */
  overridingApiKey?: string;
}

/** A telephone number as a connector needs it. */
export interface CallerNumber {
  readonly raw: string;
  readonly e164: string | undefined;
  /** National significant number, digits only; for short codes the digits themselves. */
  readonly national: string;
  readonly digits: string;
  /** E.164 first, then the user's own formats. */
  readonly spellings: readonly string[];
  /** Is this the same line as a number that somebody typed into the CRM? */
  readonly matches: (stored: string) => boolean;
}

/** A choice of a `selection` field. Defaults are compared with `const` strictly, so keep its type. */
export interface FieldOption {
  const: string | number;
  title: string;
  description?: string;
}

/** Values of the manifest's additional fields: options for a selection, a scalar for a checkbox or an input. Never null. */
export type AdditionalInfo = Record<string, FieldOption[] | string | number | boolean>;

export interface Contact {
  id: string;
  name: string;
  type?: string;
  phone?: string;
  title?: string;
  email?: string;
  organization?: string;
  createdDate?: string;
  mostRecentActivityDate?: string;
  additionalInfo?: AdditionalInfo;
}

/** The contact that a log belongs to. */
export interface LogContact {
  id: string;
  type?: string;
  name?: string;
  phoneNumber?: string;
}

/** Values of the manifest's additional fields as the person chose them; an unticked checkbox is absent. */
export type Submission = Readonly<Record<string, unknown>>;

/** A call as it must stand in the CRM. Times in epoch milliseconds, duration in whole seconds; absent while the call is pending. */
export interface CallLogToCreate {
  /** Ours, unique; store it where `findCallLog` can find it again. */
  marker: string;
  contact: LogContact;
  direction: "Inbound" | "Outbound" | undefined;
  subject: string;
  /** In the connector's own log format. */
  body: string;
  startedAt?: number | undefined;
  durationSeconds?: number | undefined;
  submission: Submission;
  /** The id of the colleague whose record it shall be, from `getUserList`; absent: the user's own. */
  owner?: string | undefined;
}

/** What changed since the last write; absent members stay as they are in the CRM. */
export interface CallLogToUpdate {
  logId: string;
  contactId: string;
  subject?: string | undefined;
  startedAt?: number | undefined;
  durationSeconds?: number | undefined;
  /**
   * The record's new text from its present one. Read the record first and pass what it holds: words that a person added
   * survive only this way, and a read that fails must end in an error before anything is written.
   */
  revise(currentBody: string): string;
}

/** A log as the CRM holds it now. */
export interface LoadedCallLog {
  subject: string;
  body: string;
  contactName?: string;
  /** What was chosen for the manifest's additional fields, by their `const`. */
  dispositions: Record<string, string | number | boolean>;
  /** The CRM's own record, for clients that want it. */
  fullLogResponse: Record<string, unknown>;
}

export interface CallDisposition {
  logId: string;
  submission: Submission;
  previous: Submission;
}

export interface CallLogToFind {
  marker: string;
  contactId: string;
  /** The earliest time, in epoch milliseconds, at which the record can have been created. */
  since: number;
}

export interface MessageLogToCreate {
  marker: string;
  kind: "SMS" | "VoiceMail" | "Fax";
  contact: LogContact;
  subject: string;
  body: string;
  /** Epoch milliseconds of the first message. */
  startedAt: number;
  submission: Submission;
  /** The id of the colleague whose record it shall be, as for a call. */
  owner?: string | undefined;
}

export interface MessageLogToUpdate {
  logId: string;
  contactId: string;
  revise(currentBody: string): string;
}

/** How far a connector came that writes one message at a time. */
export interface MessageProgress {
  standing: MessagesStanding;
  unfinished: TrunklineError;
}

export interface MessagesStanding {
  /** Of the messages handed over, those that stand in the record. */
  ids: readonly string[];
  /** One of which nobody knows, and that can be looked for later. */
  doubtful?: string;
}

export interface ContactToCreate {
  phone: CallerNumber;
  name: string;
  type: string | undefined;
  submission: Submission;
}

/** Answer of every function that writes a log. */
export interface LogReference {
  logId: string;
  /**
   * The record is there, but something that belongs to it is not, such as a time entry. The ledger keeps the record and
   * asks `updateCallLog` to finish it, which must then create what is missing. Throwing instead would create a second record.
   */
  unfinished?: TrunklineError;
  /** With `unfinished`, for a connector that writes one message at a time: the messages that stand in the record. */
  standing?: MessagesStanding;
}

/** A fax or a picture that the CRM shall hold itself, for connectors that can store documents. */
export interface DocumentToUpload {
  contact: LogContact;
  submission: Submission;
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** What another server kept of a user. */
export interface ImportedUser {
  hostname: string | undefined;
  platformAdditionalInfo: Readonly<Record<string, unknown>>;
}

/** One of the values that a managed field may have. */
export interface ManagedAuthOption {
  value: string;
  label: string;
}

export interface CrmUserReference {
  id: string;
  name: string;
  email?: string;
}

/** A listing in the CRM's own marketplace: a page that people are sent back to, and a call when somebody uninstalls. */
export interface Marketplace {
  /** Answers the page that hands the redirect to the extension, and takes the uninstall call. */
  redirectPath: string;
  /** Whose credentials the uninstall call must carry. */
  client(environment: ConnectorEnvironment): OAuth2Client | undefined;
  /** Who uninstalled; undefined for a body that does not say. */
  uninstalledBy(body: Readonly<Record<string, unknown>>): { tenant: string; userId: string } | undefined;
}

/** A list that the CRM keeps for a whole company, such as its activity types. */
export interface AccountList {
  fetch(context: CrmContext): Promise<FieldOption[]>;
  /** How long it is good; a day unless said otherwise. */
  ttlMs?: number;
}

/** What a failed answer means where the status alone misleads. */
export interface FailureMeaning {
  code: "crm-rate-limited" | "crm-session-ended" | "crm-record-missing";
  retryAfterMs?: number;
}

export interface LicenseStatus {
  isLicenseValid: boolean;
  licenseStatus: string;
  licenseStatusDescription: string;
}

/**
 * A connector. The functions throw a `TrunklineError` when they cannot answer (`crm` does so by itself); they never
 * answer "nothing found" for a search that failed. What a connector can do is read off what it defines.
 */
export interface Connector extends AppointmentFunctions {
  /** The wire name; also the key in the manifest. */
  platform: string;
  /** The CRM's name in sentences for people. */
  displayName: string;
  variables: readonly ConnectorVariable[];
  /** False where this server lacks what the connector needs, such as a client id; it is then not offered. */
  isConfigured(environment: ConnectorEnvironment): boolean;
  manifest(site: ManifestSite): PlatformManifest;
  auth: ApiKeyAuth | OAuth2Auth;
  /** The origin of the API, without a path. */
  apiOrigin(place: CrmPlace): string;
  /** Hosts that may be talked to, besides origins moved by the environment: exact names or `*.example.com`. */
  hosts: readonly string[];
  /** Names a client may send as `hostname` for a CRM with one fixed home; they are never contacted. */
  hostAliases?: readonly string[];
  logFormat: LogFormat;

  /** True for a connector that speaks HTTP by itself instead of through `crm`: it is handed the credentials, as `access`. */
  ownRequests?: true;

  /** `login` is what a login brought, where the connector has `ownRequests`; without it, somebody asks whether the login is still good. */
  getUserInfo(context: {
    crm: CrmClient;
    hostname: string | undefined;
    login?: LoginDetails;
    access?: OwnAccess;
  }): Promise<UserInfo>;
  /**
   * Reads again what the CRM knows of the user, for a connector with `ownRequests`, and keeps it through `access`. Without
   * it, `getUserInfo` is asked where the connector has no `ownRequests`.
   */
  refreshUserInfo?(context: CrmContext): Promise<void>;
  /** The tenant of a user whom another server had connected, from what it kept of them; undefined where that does not tell. */
  importedTenant?(kept: ImportedUser): string | undefined;
  /** Ends the session at the CRM, beyond the revocation that `oauth2` does by itself. */
  unAuthorize?(context: CrmContext): Promise<void>;
  authValidation?(context: CrmContext): Promise<void>;
  getLicenseStatus?(context: CrmContext): Promise<LicenseStatus>;

  findContact(context: CrmContext, search: { phone: CallerNumber; isExtension?: boolean }): Promise<Contact[]>;
  /** True where `findContact` can look for internal extension numbers; others are answered at once, without a search. */
  findsExtensions?: boolean;
  findContactWithName?(context: CrmContext, search: { name: string }): Promise<Contact[]>;
  createContact?(context: CrmContext, contact: ContactToCreate): Promise<Contact>;

  /** The third argument of the functions that write is for connectors that keep more than the text: all that is known. */
  createCallLog(context: CrmContext, log: CallLogToCreate, call: KnownCall): Promise<LogReference>;
  getCallLog(context: CrmContext, log: { logId: string; contactId: string }): Promise<LoadedCallLog>;
  updateCallLog(context: CrmContext, log: CallLogToUpdate, call: KnownCall): Promise<void>;
  /** Looks for a record with our marker. Without it, a creation whose answer was lost waits for a person. */
  findCallLog?(context: CrmContext, search: CallLogToFind): Promise<LogReference | undefined>;
  /** `previous` is what was chosen at the last write, as far as it is known. */
  upsertCallDisposition?(context: CrmContext, log: CallDisposition, call: KnownCall): Promise<void>;

  createMessageLog?(
    context: CrmContext,
    log: MessageLogToCreate,
    conversation: KnownConversation,
  ): Promise<LogReference>;
  /** Answers nothing where all is written. */
  updateMessageLog?(
    context: CrmContext,
    log: MessageLogToUpdate,
    conversation: KnownConversation,
  ): Promise<MessageProgress | undefined | void>;
  findMessageLog?(context: CrmContext, search: CallLogToFind): Promise<LogReference | undefined>;
  /** Stores a document beside the log, whose text links to it in any case: a failure here loses nothing. */
  uploadDocument?(context: CrmContext, document: DocumentToUpload): Promise<void>;

  marketplace?: Marketplace;
  /** Lists by the names that clients ask for; read once for all users of a company. */
  accountData?: Readonly<Record<string, AccountList>>;
  getUserList?(context: CrmContext): Promise<CrmUserReference[]>;
  /**
   * What an administrator may choose from for a field of the login form that is `managed` and "dynamic", such as the CRM's
   * users. Nobody is logged in yet: `crm` has a Basic header made of `accountValues`, what was filled in for the account.
   */
  getManagedAuthOptions?(context: {
    crm: CrmClient;
    hostname: string | undefined;
    fieldConst: string;
    accountValues: Readonly<Record<string, string>>;
  }): Promise<ManagedAuthOption[]>;
  /** For a CRM whose statuses mislead, such as a 403 page that means "too many requests". */
  meaningOfFailure?(answer: { status: number; isJson: boolean; body: unknown }): FailureMeaning | undefined;
}

/** Declares a connector: the compiler says what is missing. */
export function defineConnector(connector: Connector): Connector {
  return connector;
}
