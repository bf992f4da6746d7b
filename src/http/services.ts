/** What the routes are given: everything they do is done by these. */

import type { AccountLists } from "../core/account-lists.ts";
import type { AccountSettings } from "../core/admin/account-settings.ts";
import type { Administrators } from "../core/admin/administrators.ts";
import type { AssignedOwners } from "../core/admin/assigned-owner.ts";
import type { LoggingFields } from "../core/admin/logging-fields.ts";
import type { ManagedAuth } from "../core/admin/managed-auth.ts";
import type { ManagedLogins } from "../core/admin/managed-login.ts";
import type { ManagedOAuth } from "../core/admin/managed-oauth.ts";
import type { UserMappings } from "../core/admin/user-mapping.ts";
import type { Appointments } from "../core/appointments.ts";
import type { CallDownList } from "../core/call-down.ts";
import type { Calls } from "../core/calls/calls.ts";
import type { CallLoader } from "../core/calls/load-calls.ts";
import type { Connectors } from "../core/connectors.ts";
import type { Contacts } from "../core/contacts.ts";
import type { CrmReacher } from "../core/crm-reach.ts";
import type { DebugReports } from "../core/debug-report.ts";
import type { Documents } from "../core/messages/documents.ts";
import type { Messages } from "../core/messages/messages.ts";
import type { Observations } from "../core/observations.ts";
import type { PayloadChanges } from "../core/plugins/changing.ts";
import type { PluginRegistrations } from "../core/plugins/registrations.ts";
import type { PluginTasks } from "../core/plugins/tasks.ts";
import type { Readiness } from "../core/readiness.ts";
import type { SessionTokens } from "../core/session-tokens.ts";
import type { Settings } from "../core/settings.ts";
import type { UserInfoRefresh } from "../core/user-info.ts";
import type { Users } from "../core/users.ts";
import type { Reports } from "../reports/reports.ts";
import type { ServerLogging } from "../server-logging/server-logging.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { ManifestSite } from "../sdk/connector.ts";

export interface Services {
  version: string;
  /** Whether an error means that the database cannot be reached for the moment. */
  isDatabaseAway(error: unknown): boolean;
  observations: Observations;
  metrics: Metrics;
  /** What `/metrics` asks for; undefined: it is open. */
  metricsToken: string | undefined;
  readiness: Readiness;
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
  userInfo: UserInfoRefresh;
  debugReports: DebugReports;
  accountLists: AccountLists;
  appointments: Appointments;
  callDown: CallDownList;
  administrators: Administrators;
  accountSettings: AccountSettings;
  userMappings: UserMappings;
  loggingFields: LoggingFields;
  managedAuth: ManagedAuth;
  managedLogins: ManagedLogins;
  managedOAuth: ManagedOAuth;
  owners: AssignedOwners;
  serverLogging: ServerLogging;
  reports: Reports;
  pluginRegistrations: PluginRegistrations;
  payloadChanges: PayloadChanges;
  pluginTasks: PluginTasks;
}
