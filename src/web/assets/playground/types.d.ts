/** What the playground's modules hand to each other; wire shapes as the contract has them. */

import type { Store } from "../shared/store.js";

export type Direction = "Inbound" | "Outbound";
export type Submission = Record<string, string | number | boolean>;

export interface Option {
  const: string;
  title: string;
  description?: string;
}

/** One of the manifest's `additionalFields`. */
export interface Field {
  const: string;
  title: string;
  type: "selection" | "checkbox" | "inputField" | "warning" | "string" | "date";
  contactDependent?: boolean;
  contactTypeDependent?: boolean;
  required?: boolean;
  description?: string;
  options?: Option[];
  includeNoneOption?: boolean;
  defaultValue?: string | number | boolean;
  defaultSettingValues?: Record<string, { settingId: string }>;
}

export interface LoginField {
  const: string;
  title: string;
  required?: boolean;
  placeholder?: string;
  description?: string;
  defaultValue?: string;
  hidden?: boolean;
  uiSchema?: { "ui:widget"?: string };
}

export interface SettingItem {
  id: string;
  type: string;
  name: string;
  description?: string;
  helper?: string;
  placeholder?: string;
  defaultValue?: unknown;
  options?: { id: string; name: string }[];
  multiple?: boolean;
  value?: string;
}

export interface SettingSection {
  id: string;
  name: string;
  items?: SettingItem[];
}

export interface OAuthPart {
  authUrl: string;
  clientId: string;
  redirectUri: string;
  scope?: string;
  customState?: string;
}

export interface Platform {
  name: string;
  displayName: string;
  environment:
    | { type: "fixed"; url: string }
    | { type: "dynamic"; urlIdentifier?: string; instructions?: string[] }
    | { type: "selectable"; selections: { const: string; name: string }[] };
  auth:
    | { type: "oauth"; oauth: OAuthPart }
    | { type: "apiKey"; apiKey: { page: { title: string; warning?: string; content: LoginField[] } } };
  contactTypes?: { display: string; value: string }[];
  contactPageUrl?: string;
  logPageUrl?: string;
  disableDisposition?: boolean;
  requestConfig?: { timeout: number };
  settings?: SettingSection[];
  page: {
    callLog?: { additionalFields: Field[] };
    messageLog?: { additionalFields: Field[] };
    newContact?: { additionalFields: Field[] };
  };
  override?: {
    triggerType: "hostname" | "meta";
    triggerValue: string;
    overrideObjects: { path: string; value: unknown }[];
  }[];
}

export interface Manifest {
  serverUrl: string;
  platforms: Record<string, Platform>;
}

export interface Contact {
  id: string;
  name: string;
  phone?: string;
  type?: string;
  title?: string;
  email?: string;
  organization?: string;
  additionalInfo?: Record<string, unknown>;
  isNewContact?: boolean;
  defaultContactType?: string;
}

export interface ReturnMessage {
  message: string;
  messageType: "success" | "warning" | "danger" | "error";
  ttl: number;
}

/** An answer as far as the page reads it; status 0: there was none. */
export interface Answer {
  status: number;
  ok: boolean;
  body: unknown;
}

export interface Question {
  /** As the extension writes it: not encoded. */
  query?: string;
  body?: object;
  /** No token is sent. */
  anonymous?: boolean;
  /** What the answer has to say is shown elsewhere. */
  silent?: boolean;
}

export type Ask = (method: string, path: string, question?: Question) => Promise<Answer>;

/** One line of what is on the wire. */
export type Traffic =
  | {
      lane: "phone";
      id: number;
      at: number;
      method: string;
      path: string;
      query: string;
      body: unknown;
      status: number | undefined;
      took: number | undefined;
      answer: unknown;
    }
  | { lane: "crm"; id: number; at: number; method: string; path: string; outcome: string | number; took: number }
  | { lane: "inside"; id: number; at: number; text: string; tone: Tone };

export type Tone = "good" | "warn" | "bad" | "quiet";

/** Who is at the other end, as far as it is known. */
export interface Caller {
  number: string;
  status: "asking" | "asked" | "failed";
  contacts: Contact[];
  /** Why it is not known. */
  reason: string | undefined;
  chosenId: string | undefined;
  newName: string;
  newType: string;
  newFields: Submission;
}

/** Where a log stands, as the page has been told. */
export interface LogState {
  state: "none" | "saving" | "written" | "waiting" | "refused";
  logId: string | undefined;
  /** In the server's words. */
  said: string | undefined;
  attempt: number;
  /** Since when it waits; when it was written. */
  at: number;
}

export interface Call {
  sessionId: string;
  number: string;
  direction: Direction;
  phase: "ringing" | "talking" | "over";
  startedAt: number;
  answeredAt: number | undefined;
  endedAt: number | undefined;
  caller: Caller;
  subject: string;
  note: string;
  submission: Submission;
  log: LogState;
  /** What has come after the log: "recording", "insights". */
  later: string[];
}

export interface Message {
  id: string;
  kind: "SMS" | "VoiceMail" | "Fax";
  direction: Direction;
  text: string;
  at: number;
  logged: boolean;
}

export interface Thread {
  id: string;
  number: string;
  caller: Caller;
  messages: Message[];
  submission: Submission;
  logAtOnce: boolean;
  log: LogState;
}

export interface SessionState {
  manifest: Manifest | undefined;
  /** Why there is no manifest. */
  problem: string | undefined;
  platform: Platform | undefined;
  token: string | undefined;
  name: string;
  hostname: string;
  settings: Record<string, { value?: unknown; customizable?: boolean }>;
}

export interface Stage {
  demoCrm: { url: string; callers: { number: string; names: string[] }[] } | null;
}

export interface Notice {
  id: number;
  message: string;
  tone: Tone;
  ttl: number;
}

export type CrmCondition = "well" | "down" | "slow" | "rate-limited" | "loses-answers" | "other";

/** What `/playground/events` tells, besides its name. */
export interface LiveEvent {
  at: number;
  [member: string]: unknown;
}

export type ChangeCaller = (change: (caller: Caller) => Caller) => void;

/** What is looked at: on a narrow window one pane, in the telephone one tab, on the wire with secrets or without. */
export interface View {
  pane: "phone" | "crm" | "wire";
  tab: "calls" | "messages" | "settings";
  revealed: boolean;
}

/** What the page is made of. */
export interface Parts {
  session: import("./model/session.js").Session;
  login: import("./model/login.js").Login;
  callers: import("./model/callers.js").Callers;
  calls: import("./model/calls.js").Calls;
  callLogs: import("./model/call-logs.js").CallLogs;
  threads: import("./model/threads.js").Threads;
  settings: import("./model/settings.js").Settings;
  condition: import("./model/condition.js").Condition;
  traffic: import("./model/traffic.js").TrafficLog;
  /** Whether the server tells what it does at the moment. */
  live: Store<boolean>;
  notices: import("./model/notices.js").Notices;
  stage: Store<Stage>;
  /** Counts what was written to the CRM: what shows the CRM is looked at anew. */
  written: Store<number>;
  view: Store<View>;
}
