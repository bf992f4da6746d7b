/** Assembles what Trunkline does, without the door to it: the same for a server and for a worker alone. */

import { readFileSync } from "node:fs";
import type { LogEvent } from "kysely";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { Check } from "typebox/value";
import { Agent } from "undici";
import { type Config, ConfigError } from "./config.ts";
import { createAccountLists } from "./core/account-lists.ts";
import { createAccountSettings } from "./core/admin/account-settings.ts";
import { createAdministrators } from "./core/admin/administrators.ts";
import { createAssignedOwners } from "./core/admin/assigned-owner.ts";
import { createLoggingFields } from "./core/admin/logging-fields.ts";
import { createManagedAuth } from "./core/admin/managed-auth.ts";
import { createClientOfTokens } from "./core/admin/managed-client.ts";
import { createManagedLogins } from "./core/admin/managed-login.ts";
import { createManagedOAuth } from "./core/admin/managed-oauth.ts";
import { createManagedValues } from "./core/admin/managed-values.ts";
import { createUserMappings } from "./core/admin/user-mapping.ts";
import { createAppointments } from "./core/appointments.ts";
import { createCallDownList } from "./core/call-down.ts";
import { createCallWriter } from "./core/calls/call-writer.ts";
import { createCalls } from "./core/calls/calls.ts";
import { createCallLoader } from "./core/calls/load-calls.ts";
import { createDebugReports } from "./core/debug-report.ts";
import { type Connectors, createConnectors } from "./core/connectors.ts";
import { createContacts } from "./core/contacts.ts";
import { createCrmBudgets } from "./core/crm-budgets.ts";
import { createCredentialKeeper } from "./core/credentials.ts";
import { crmOperation } from "./core/crm-operation.ts";
import { createCrmReacher } from "./core/crm-reach.ts";
import { createEntriesByHand } from "./core/ledger/by-hand.ts";
import { createLedger } from "./core/ledger/ledger.ts";
import { type LedgerWorker, startWorker } from "./core/ledger/worker.ts";
import { createDocuments } from "./core/messages/documents.ts";
import { createMessageWriter } from "./core/messages/message-writer.ts";
import { createMessages } from "./core/messages/messages.ts";
import { createObservations } from "./core/observations.ts";
import type { Operating } from "./core/operating.ts";
import { promptly } from "./core/promptly.ts";
import { createPayloadChanges } from "./core/plugins/changing.ts";
import { createPluginDispatcher } from "./core/plugins/dispatcher.ts";
import { createPluginRegistrations } from "./core/plugins/registrations.ts";
import { createPluginTasks } from "./core/plugins/tasks.ts";
import { createReadiness } from "./core/readiness.ts";
import { createReportTokens } from "./core/report-tokens.ts";
import { createSessionTokens } from "./core/session-tokens.ts";
import { createSettings } from "./core/settings.ts";
import { forgetTrail } from "./core/trail/forgetting.ts";
import { createNumberHash } from "./core/trail/number-hash.ts";
import { startTrailRecorder } from "./core/trail/recorder.ts";
import { createUserInfoRefresh } from "./core/user-info.ts";
import { createUsers } from "./core/users.ts";
import type { Services } from "./http/services.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { openStore, type Store } from "./open-store.ts";
import { createPluginHttp } from "./plugins/plugin-http.ts";
import { createMediaDownload } from "./ringcentral/media-download.ts";
import { createRingCentral, RINGCENTRAL_SERVER } from "./ringcentral/ringcentral.ts";
import { createReports } from "./reports/reports.ts";
import { createServerLogging } from "./server-logging/server-logging.ts";
import type { ServerLoggingWorker } from "./server-logging/worker.ts";
import type { Connector, ManifestSite } from "./sdk/connector.ts";
import { createCrmHttp, CRM_LIMITS, type CrmRequestEvent } from "./sdk/crm-http.ts";
import type { TrunklineError } from "./sdk/errors.ts";
import { PlatformManifest } from "./sdk/manifest.ts";
import { createOAuthClient } from "./sdk/oauth.ts";
import { CHANGELOG_FILE, VERSION } from "./version.ts";

/** However often somebody scrapes, the database is asked no more often, and nobody waits for it for long. */
const SCRAPES = { keepMs: 5_000, withinMs: 2_000 };
/** A database that is away is mentioned now and then, not at every look for work. */
const SAY_AWAY_EVERY_MS = 30_000;
/** Content is forgotten this long after it was written; the pair of ids stays. */
const KEEP_CONTENT_MS = 30 * 24 * 60 * 60 * 1000;

export interface AssemblyOptions {
  config: Config;
  connectors: readonly Connector[];
  logger: Logger;
  /** See every SQL statement and every request to a CRM, for counting. */
  observe?: { query?: (event: LogEvent) => void; crmRequest?: (event: CrmRequestEvent) => void };
}

export interface Assembly {
  services: Services;
  /** For operators: the very database that the services work on. */
  store: Store;
  /** For the console. */
  operating: Operating;
  /** Begins to finish what the ledger owes. */
  startWorker(): LedgerWorker;
  /** Begins to log without browsers; does nothing without an app at RingCentral. To be called once our address is known. */
  startServerLogging(): ServerLoggingWorker;
  /** Closes the connections to CRMs and the database. */
  close(): Promise<void>;
}

export async function assemble(
  { config, connectors: known, logger, observe = {} }: AssemblyOptions,
  site: ManifestSite,
): Promise<Assembly> {
  const store = await openStore(config, observe.query);
  const { database, entries, notes, numbers, sessions, trail, traffic } = store;
  const { users, stop: stopRemembering } = await store.rememberUsers();

  const observations = createObservations();
  const agent = new Agent({
    connect: { timeout: CRM_LIMITS.connectMs },
    connections: CRM_LIMITS.connections,
    keepAliveTimeout: CRM_LIMITS.keepAliveMs,
    // One request at a time on each connection: one that breaks takes no other along.
    allowH2: false,
  });
  const crmHttp = createCrmHttp({
    agent,
    observe(event) {
      logger.debug(event, "asked a CRM");
      const operation = crmOperation(event.method, event.path);
      observations.report({ what: "CRM asked", at: Date.now(), operation, ...event });
      observe.crmRequest?.(event);
    },
  });
  const oauth = createOAuthClient({ agent });
  const download = createMediaDownload({ agent, server: config.ringCentralServer });
  const ringCentral = createRingCentral({
    agent,
    server: config.ringCentralServer ?? RINGCENTRAL_SERVER,
    app: config.ringCentralApp,
    observe: (event) => logger.debug(event, "asked RingCentral"),
  });

  const connectors = createConnectors(known, site);
  const clientOfTokens = createClientOfTokens({ store: store.managedOAuth });
  const credentials = createCredentialKeeper({ users, oauth, clientOfTokens });
  const budgets = createCrmBudgets();
  const reacher = createCrmReacher({ budgets, connectors, crmHttp, credentials, users });

  let saidAwayAt = 0;
  const onDatabaseAway = (err: unknown) => {
    if (saidAwayAt + SAY_AWAY_EVERY_MS >= Date.now()) return;
    saidAwayAt = Date.now();
    logger.warn({ err }, "the database cannot be reached; what is owed waits");
  };
  const onUnforeseen = (error: TrunklineError, entryId?: string) => {
    const err = error.facts.cause ?? error;
    if (database.dialect.isAway(err)) onDatabaseAway(err);
    else logger.error({ err, entryId }, "unforeseen error while writing to a CRM");
  };
  const loggingFields = createLoggingFields({ connectors, fields: store.loggingFields });
  const ledger = createLedger({
    entries,
    writers: {
      call: createCallWriter({ filledIn: loggingFields.beyondForms }),
      message: createMessageWriter({ filledIn: loggingFields.beyondForms }),
    },
    reach: (userId) => reacher.byId(userId),
    onUnforeseen,
    observations,
  });

  const tokens = createSessionTokens({ secret: config.appSecret, users, sessions });
  const userMappings = createUserMappings({ mappings: store.userMappings, reacher });

  const administrators = createAdministrators({ whoHolds: ringCentral.whoHolds, hashKey: config.hashKey });
  const connecting = createUsers({
    clientOfTokens,
    connectors,
    crmHttp,
    oauth,
    reacher,
    store: users,
    entries,
    playground: config.playground,
  });
  const managedFields = store.managedFields;
  const managedValues = createManagedValues({ connectors, store: managedFields });
  const pluginHttp = createPluginHttp({
    allowsLoopback: !config.isProduction,
    observe: (event) => logger.debug(event, "asked a plugin"),
  });
  const pluginRegistrations = createPluginRegistrations({ plugins: store.plugins, exchange: pluginHttp, users });
  const pluginDispatcher = createPluginDispatcher({ tasks: store.pluginTasks, exchange: pluginHttp, onUnforeseen });

  const numberHash = createNumberHash({ hashKey: config.hashKey });
  const recorder = startTrailRecorder({
    observations,
    trail,
    traffic,
    numbers: numberHash,
    isDatabaseAway: (error) => database.dialect.isAway(error),
    onUnforeseen,
  });

  const { watchFigures } = store;
  const metrics = createMetrics({
    version: VERSION,
    observations,
    database: {
      owed: promptly({ ask: watchFigures.owed, ...SCRAPES }),
      connectedUsers: promptly({ ask: watchFigures.connectedUsers, ...SCRAPES }),
      pool: () => database.dialect.pool(),
      onFailure: onDatabaseAway,
    },
  });

  const contacts = createContacts({ numbers, reacher, observations });
  const calls = createCalls({ ledger, reacher, notes, observations });
  const messages = createMessages({ ledger, entries, reacher, observations });
  const documents = createDocuments({ reacher, download });
  const serverLogging = createServerLogging({
    ringCentral,
    holderOf: administrators.holderOf,
    logins: store.ringCentralLogins,
    logs: store.followedLogs,
    mailboxes: store.followedMailboxes,
    recordedCalls: store.recordedCalls,
    recordedMessages: store.recordedMessages,
    users,
    colleagues: store.colleagues,
    crmUserOf: userMappings.crmUserOf,
    mappings: userMappings.list,
    userOf: async (token) => (await tokens.recognise(token))?.user,
    calls,
    messages,
    documents,
    contacts,
    connectors,
    loggingFields,
    secret: config.appSecret,
    serverUrl: () => site.serverUrl,
    onUnforeseen,
    onGivenUp: (one) => logger.warn(one, "what RingCentral recorded was not logged"),
  });

  const reports = createReports({
    ringCentral,
    administrators,
    logins: store.administratorLogins,
    serverLogins: store.ringCentralLogins,
    serverAccesses: serverLogging.accesses,
    mappings: store.userMappings,
    logs: store.companyLogs,
    redirectUri: () => `${site.serverUrl}/ringcentral/oauth/callback`,
    pause: (milliseconds, signal) => pause(milliseconds, undefined, { signal, ref: false }),
  });

  return {
    store,
    operating: {
      entries,
      byHand: createEntriesByHand({ entries, wakeWorkers: () => database.dialect.wakeWorkers(database.db) }),
      lists: store.entryLists,
      figures: store.entryFigures,
      connections: store.connectionLists,
      trail,
      traffic,
      numbers: numberHash,
      budgets,
    },
    services: {
      version: VERSION,
      isDatabaseAway: (error) => database.dialect.isAway(error),
      observations,
      metrics,
      metricsToken: config.metricsToken,
      readiness: createReadiness({ migrationsOwed: watchFigures.migrationsOwed, onFailure: onDatabaseAway }),
      site,
      hashKey: config.hashKey,
      changelog: readFileSync(CHANGELOG_FILE, "utf8"),
      connectors,
      reacher,
      tokens,
      users: connecting,
      contacts,
      calls,
      callLoader: createCallLoader({ entries, reacher }),
      messages,
      documents,
      settings: createSettings({ users }),
      appointments: createAppointments({ reacher }),
      accountLists: createAccountLists({ lists: store.accountLists, reacher }),
      userInfo: createUserInfoRefresh({ reacher, users }),
      debugReports: createDebugReports({
        version: VERSION,
        tokens: createReportTokens({ secret: config.appSecret }),
        users,
        lists: store.entryLists,
        trail,
      }),
      callDown: createCallDownList({ entries: store.callDownEntries }),
      administrators,
      accountSettings: createAccountSettings({
        settings: store.accountSettings,
        mappings: store.userMappings,
        users,
      }),
      userMappings,
      managedAuth: createManagedAuth({ connectors, crmHttp, store: managedFields, managedValues }),
      managedLogins: createManagedLogins({
        administrators,
        connectors,
        managedValues,
        store: managedFields,
        users: connecting,
      }),
      managedOAuth: createManagedOAuth({ administrators, connectors, store: store.managedOAuth, users: connecting }),
      loggingFields,
      owners: createAssignedOwners({ mappings: userMappings, tokens, hashKey: config.hashKey }),
      serverLogging,
      reports,
      pluginRegistrations,
      payloadChanges: createPayloadChanges({ registrations: pluginRegistrations, exchange: pluginHttp }),
      pluginTasks: createPluginTasks({
        registrations: pluginRegistrations,
        tasks: store.pluginTasks,
        users,
        calls,
        publicUrl: () => site.serverUrl,
        wake: pluginDispatcher.wake,
      }),
    },
    startWorker() {
      const dispatcher = pluginDispatcher.start();
      const worker = startWorker({
        entries,
        ledger,
        exhausted: budgets.exhausted,
        forget: (stopping) => forgetTrail(store, Date.now(), stopping),
        keepContentMs: KEEP_CONTENT_MS,
        onWake: (listener) => database.dialect.onWake(listener),
        onUnforeseen,
      });
      return {
        async stop() {
          await Promise.all([worker.stop(), dispatcher.stop()]);
        },
      };
    },
    startServerLogging: () =>
      ringCentral.login.isConfigured ? serverLogging.startWorker() : { stop: () => Promise.resolve() },
    async close() {
      metrics.close();
      reports.close();
      await pluginHttp.close();
      await agent.destroy();
      await recorder.close();
      await stopRemembering();
      await database.close();
    },
  };
}

/** A manifest that would break the client is found at the start, not by a user. */
export function checkManifests({ offered, site }: Connectors): void {
  for (const connector of offered) {
    const manifest = connector.manifest(site);
    if (manifest.name !== connector.platform || !Check(PlatformManifest, manifest)) {
      throw new ConfigError(`The manifest of connector ${connector.platform} is not valid.`);
    }
  }
}
