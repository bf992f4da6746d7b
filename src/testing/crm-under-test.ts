/** What the suite needs of a CRM, or of a fake of one, to put a connector through its scenarios. */

/**
 * A running CRM for one scenario, without records; people it knows from the start must not have numbers of the suite, which
 * are +1 650 555 01xx and +44 20 7946 0xxx. It need not misbehave by itself: the suite puts a go-between before it, which counts
 * what is asked and plays every fault.
 */
export interface CrmUnderTest {
  /** Where it answers: `http://127.0.0.1:<port>`, without a path. */
  url: string;
  /** The environment that moves the connector to `origin`, the go-between's. Only variables that the connector declares count. */
  environment(origin: string): Readonly<Record<string, string>>;
  access: ApiKeyAccess | OAuthAccess;
  operations: Operations;
  /** What the client sends as a contact's type; "Contact" unless told. */
  contactType?: string;

  /** Somebody whom a person typed into the CRM, `phone` exactly as it is written; answers the contact's id. Found by search at once. */
  addContact(contact: { name: string; phone: string }): Promise<string>;
  contacts(): Promise<readonly CrmContact[]>;
  /** The records of calls and conversations, without what merely belongs to them. */
  records(): Promise<readonly CrmRecord[]>;
  /** A person changes a record's text by hand. */
  editRecord(id: string, body: string): Promise<void>;
  deleteRecord(id: string): Promise<void>;

  /** From now on the search finds contacts only long after they were created, as many a CRM's does. */
  delaySearch?(): Promise<void>;
  /** Something of this contact that a call can be filed under, as the client's form submits it, such as `{ deals: "7" }`. */
  addChoice?(contactId: string): Promise<Readonly<Record<string, string | number>>>;
  /** What stands in the calendar of the user who logs in, without what was called off. */
  appointments?(): Promise<readonly CrmAppointment[]>;
  /** May throw: for a fake that has seen requests which the CRM does not know, the scenario has failed. */
  close(): Promise<void>;
}

export interface ApiKeyAccess {
  type: "apiKey";
  apiKey: string;
  wrongApiKey: string;
  /** What else the login form sends. */
  additionalInfo?: Readonly<Record<string, string>>;
  /** What the client sends as the user's host; none unless told. */
  hostname?: string;
}

export interface OAuthAccess {
  type: "oauth";
  /** A person logs in and consents: answers the code that the CRM would send to `redirectUri`. */
  consent(redirectUri: string): Promise<string>;
  hostname?: string;
}

/**
 * Which requests an operation consists of, each as a method and a path: `GET /api/contacts`. A `*` stands for one segment of
 * the path: `PATCH /api/notes/*`. The first operation that fits is a request's operation.
 */
export interface Operations {
  /** Looking for contacts, by number and by name. */
  search: readonly string[];
  createContact?: readonly string[];
  /** Creating the record of a call or a conversation. */
  createLog: readonly string[];
  /** Creating what belongs to a record and is written after it, such as a time entry. */
  completeLog?: readonly string[];
  /** Reading one record before it is changed. */
  readLog: readonly string[];
  updateLog: readonly string[];
  createAppointment?: readonly string[];
  /** OAuth only: exchanging a code and refreshing. */
  token?: readonly string[];
  /** Ending the session at the CRM. */
  revoke?: readonly string[];
}

export type Operation = keyof Operations;

export interface CrmContact {
  id: string;
  name: string;
}

export interface CrmRecord {
  id: string;
  contactId: string;
  subject: string;
  /** As the CRM holds it, in the connector's log format. */
  body: string;
}

export interface CrmAppointment {
  id: string;
  title: string;
  /** Epoch milliseconds. */
  startsAt: number;
  durationMinutes: number;
  contactIds: readonly string[];
}
