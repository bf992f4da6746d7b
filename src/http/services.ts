/** What the routes are given: everything they do is done by these. */

import type { Calls } from "../core/calls/calls.ts";
import type { CallLoader } from "../core/calls/load-calls.ts";
import type { Connectors } from "../core/connectors.ts";
import type { Contacts } from "../core/contacts.ts";
import type { CrmReacher } from "../core/crm-reach.ts";
import type { Documents } from "../core/messages/documents.ts";
import type { Messages } from "../core/messages/messages.ts";
import type { SessionTokens } from "../core/session-tokens.ts";
import type { Settings } from "../core/settings.ts";
import type { Users } from "../core/users.ts";
import type { ManifestSite } from "../sdk/connector.ts";

export interface Services {
  version: string;
  /** Whether an error means that the database cannot be reached for the moment. */
  isDatabaseAway(error: unknown): boolean;
  site: ManifestSite;
  /** For `/userInfoHash`. */
  hashKey: string;
  /** The text of CHANGELOG.md, from which the client's release notes are made. */
  changelog: string;
  connectors: Connectors;
  reacher: CrmReacher;
  tokens: SessionTokens;
  users: Users;
  contacts: Contacts;
  calls: Calls;
  callLoader: CallLoader;
  messages: Messages;
  documents: Documents;
  settings: Settings;
}
