/** Assembles Trunkline: reads from top to bottom what it is made of. */

import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
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
import { createCredentialKeeper } from "./core/credentials.ts";
import { createCrmReacher } from "./core/crm-reach.ts";
import { createLedger } from "./core/ledger/ledger.ts";
import { startWorker } from "./core/ledger/worker.ts";
import { createDocuments } from "./core/messages/documents.ts";
import { createMessageWriter } from "./core/messages/message-writer.ts";
import { createMessages } from "./core/messages/messages.ts";
import { createSessionTokens } from "./core/session-tokens.ts";
import { createSettings } from "./core/settings.ts";
import { createUsers } from "./core/users.ts";
import { type DemoCrm, startDemoCrm } from "./demo-crm/server.ts";
import { createApp } from "./http/app.ts";
import { createMediaDownload } from "./ringcentral/media-download.ts";
import type { Connector, ManifestSite } from "./sdk/connector.ts";
import { createCrmHttp, CRM_LIMITS, type CrmRequestEvent } from "./sdk/crm-http.ts";
import type { TrunklineError } from "./sdk/errors.ts";
import { PlatformManifest } from "./sdk/manifest.ts";
import { createOAuthClient } from "./sdk/oauth.ts";
import { createCachedNoteStore } from "./store/cached-notes.ts";
import { createContactNumberStore } from "./store/contact-numbers.ts";
import { type Database, DatabaseError, openDatabase } from "./store/database.ts";
import { createLogEntryStore } from "./store/log-entries.ts";
import { createSessionStore } from "./store/sessions.ts";
import { createUserStore } from "./store/users.ts";
import { createVault } from "./store/vault.ts";
import { CHANGELOG_FILE, VERSION } from "./version.ts";

/** Content is forgotten this long after it was written; the pair of ids stays. */
const KEEP_CONTENT_MS = 30 * 24 * 60 * 60 * 1000;

export interface TrunklineOptions {
  config: Config;
  connectors: readonly Connector[];
  logger: Logger;
  /** See every SQL statement and every request to a CRM, for counting. */
  observe?: { query?: (event: LogEvent) => void; crmRequest?: (event: CrmRequestEvent) => void };
}

export interface Trunkline {
  /** Where it listens. */
  url: string;
  /** Where the Demo CRM beside it listens. */
  demoCrmUrl: string | undefined;
  /** Stops accepting, finishes what is under way, closes the database. */
  close(): Promise<void>;
}

export async function startTrunkline({
  config,
  connectors: known,
  logger,
  observe = {},
}: TrunklineOptions): Promise<Trunkline> {
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of closing.toReversed()) await step();
  };
  try {
    const demoCrm = await demoCrmBeside(config);
    if (demoCrm !== undefined) closing.push(() => demoCrm.close());

    const database = await opening(() => openDatabase(config.databaseUrl, observe.query));
    closing.push(() => database.close());
    const vault = createVault(config.encryptionKeys);
    const users = createUserStore({ database, vault });
    const sessions = createSessionStore({ database });
    const entries = createLogEntryStore({ database, vault });
    const numbers = createContactNumberStore({ database, vault });
    const notes = createCachedNoteStore({ database, vault });

    const agent = new Agent({ connect: { timeout: CRM_LIMITS.connectMs }, connections: 64 });
    closing.push(() => agent.destroy());
    const crmHttp = createCrmHttp({
      agent,
      observe(event) {
        logger.debug(event, "asked a CRM");
        observe.crmRequest?.(event);
      },
    });
    const oauth = createOAuthClient({ agent });
    const download = createMediaDownload({ agent, server: config.ringCentralServer });

    const environment = { ...config.connectorEnvironment, ...(demoCrm && { DEMO_API_URL: demoCrm.url }) };
    let listeningAt = "";
    const site: ManifestSite = {
      environment,
      get serverUrl() {
        return config.publicUrl ?? listeningAt;
      },
    };
    const connectors = createConnectors(known, site);
    const credentials = createCredentialKeeper({ users, oauth });
    const reacher = createCrmReacher({ connectors, crmHttp, credentials, users });

    const onUnforeseen = (error: TrunklineError, entryId?: string) =>
      logger.error({ err: error.facts.cause ?? error, entryId }, "unforeseen error while writing to a CRM");
    const ledger = createLedger({
      entries,
      writers: { call: createCallWriter(), message: createMessageWriter() },
      reach: (userId) => reacher.byId(userId),
      onUnforeseen,
    });

    const app = await createApp({
      logger,
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
    });
    const worker = startWorker({
      entries,
      ledger,
      keepContentMs: KEEP_CONTENT_MS,
      onWake: (listener) => database.dialect.onWake(listener),
      onUnforeseen,
    });
    closing.push(() => worker.stop());
    closing.push(() => app.close());
    await listening(config, () => app.listen({ host: config.host, port: config.port }));
    listeningAt = addressOf(app.server.address(), config.host);
    checkManifests(connectors, site);
    return { url: listeningAt, demoCrmUrl: demoCrm?.url, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function opening(open: () => Promise<Database>): Promise<Database> {
  try {
    return await open();
  } catch (thrown) {
    throw thrown instanceof DatabaseError ? new ConfigError(thrown.message) : thrown;
  }
}

async function demoCrmBeside(config: Config): Promise<DemoCrm | undefined> {
  if (config.demoCrm === undefined) return undefined;
  const { port, file } = config.demoCrm;
  return listening({ host: "127.0.0.1", port, variable: "DEMO_CRM_PORT" }, () =>
    startDemoCrm({ host: "127.0.0.1", port, file }),
  );
}

/** A port that is taken is the operator's to change: say so in their words. */
export async function listening<T>(
  place: { host: string; port: number; variable?: string },
  listen: () => Promise<T>,
): Promise<T> {
  try {
    return await listen();
  } catch (thrown) {
    const { host, port, variable = "PORT" } = place;
    const code: unknown = thrown instanceof Error ? Reflect.get(thrown, "code") : undefined;
    if (code === "EADDRINUSE")
      throw new ConfigError(
        `${variable} ${port} is in use by another program on ${host}; set ${variable} to a free one.`,
      );
    if (code === "EACCES")
      throw new ConfigError(`${variable} ${port} may not be used by this account; set ${variable} to 1024 or above.`);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new ConfigError(`HOST ${host} is not an address of this machine.`);
    throw thrown;
  }
}

function addressOf(address: AddressInfo | string | null, host: string): string {
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  const name = host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${address.port}`;
}

/** A manifest that would break the client is found at the start, not by a user. */
function checkManifests({ offered }: Connectors, site: ManifestSite): void {
  const schema = Compile(PlatformManifest);
  for (const connector of offered) {
    const manifest = connector.manifest(site);
    if (manifest.name !== connector.platform || !schema.Check(manifest)) {
      throw new ConfigError(`The manifest of connector ${connector.platform} is not valid.`);
    }
  }
}
