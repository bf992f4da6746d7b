/** Assembles what Trunkline does, without the door to it: the same for a server and for a worker alone. */

import { readFileSync } from "node:fs";
import type { LogEvent } from "kysely";
import type { Logger } from "pino";
import { Compile } from "typebox/compile";
import { Agent } from "undici";
import { type Config, ConfigError } from "./config.ts";
import { createCallWriter } from "./core/calls/call-writer.ts";
import { createCalls } from "./core/calls/calls.ts";
import { createCallLoader } from "./core/calls/load-calls.ts";
import { type Connectors, createConnectors } from "./core/connectors.ts";
import { createContacts } from "./core/contacts.ts";
import { createCrmBudgets } from "./core/crm-budgets.ts";
import { createCredentialKeeper } from "./core/credentials.ts";
import { createCrmReacher } from "./core/crm-reach.ts";
import { createLedger } from "./core/ledger/ledger.ts";
import { type LedgerWorker, startWorker } from "./core/ledger/worker.ts";
import { createDocuments } from "./core/messages/documents.ts";
import { createMessageWriter } from "./core/messages/message-writer.ts";
import { createMessages } from "./core/messages/messages.ts";
import { createSessionTokens } from "./core/session-tokens.ts";
import { createSettings } from "./core/settings.ts";
import { createUsers } from "./core/users.ts";
import type { Services } from "./http/services.ts";
import { openStore } from "./open-store.ts";
import { createMediaDownload } from "./ringcentral/media-download.ts";
import type { Connector, ManifestSite } from "./sdk/connector.ts";
import { createCrmHttp, CRM_LIMITS, type CrmRequestEvent } from "./sdk/crm-http.ts";
import type { TrunklineError } from "./sdk/errors.ts";
import { PlatformManifest } from "./sdk/manifest.ts";
import { createOAuthClient } from "./sdk/oauth.ts";
import { CHANGELOG_FILE, VERSION } from "./version.ts";

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
  /** Begins to finish what the ledger owes. */
  startWorker(): LedgerWorker;
  /** Closes the connections to CRMs and the database. */
  close(): Promise<void>;
}

export async function assemble(
  { config, connectors: known, logger, observe = {} }: AssemblyOptions,
  site: ManifestSite,
): Promise<Assembly> {
  const store = await openStore(config, observe.query);
  const { database, entries, notes, numbers, sessions, users } = store;

  const agent = new Agent({ connect: { timeout: CRM_LIMITS.connectMs }, connections: 64 });
  const crmHttp = createCrmHttp({
    agent,
    observe(event) {
      logger.debug(event, "asked a CRM");
      observe.crmRequest?.(event);
    },
  });
  const oauth = createOAuthClient({ agent });
  const download = createMediaDownload({ agent, server: config.ringCentralServer });

  const connectors = createConnectors(known, site);
  const credentials = createCredentialKeeper({ users, oauth });
  const budgets = createCrmBudgets();
  const reacher = createCrmReacher({ budgets, connectors, crmHttp, credentials, users });

  const onUnforeseen = (error: TrunklineError, entryId?: string) =>
    logger.error({ err: error.facts.cause ?? error, entryId }, "unforeseen error while writing to a CRM");
  const ledger = createLedger({
    entries,
    writers: { call: createCallWriter(), message: createMessageWriter() },
    reach: (userId) => reacher.byId(userId),
    onUnforeseen,
  });

  return {
    services: {
      version: VERSION,
      isDatabaseAway: (error) => database.dialect.isAway(error),
      site,
      hashKey: config.hashKey,
      changelog: readFileSync(CHANGELOG_FILE, "utf8"),
      connectors,
      reacher,
      tokens: createSessionTokens({ secret: config.appSecret, users, sessions }),
      users: createUsers({ connectors, crmHttp, oauth, reacher, store: users, entries }),
      contacts: createContacts({ numbers, reacher }),
      calls: createCalls({ ledger, reacher, notes }),
      callLoader: createCallLoader({ entries, reacher }),
      messages: createMessages({ ledger, reacher }),
      documents: createDocuments({ reacher, download }),
      settings: createSettings({ users }),
    },
    startWorker: () =>
      startWorker({
        entries,
        ledger,
        exhausted: budgets.exhausted,
        keepContentMs: KEEP_CONTENT_MS,
        onWake: (listener) => database.dialect.onWake(listener),
        onUnforeseen,
      }),
    async close() {
      await agent.destroy();
      await database.close();
    },
  };
}

/** A manifest that would break the client is found at the start, not by a user. */
export function checkManifests({ offered, site }: Connectors): void {
  const schema = Compile(PlatformManifest);
  for (const connector of offered) {
    const manifest = connector.manifest(site);
    if (manifest.name !== connector.platform || !schema.Check(manifest)) {
      throw new ConfigError(`The manifest of connector ${connector.platform} is not valid.`);
    }
  }
}
