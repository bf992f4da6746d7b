/** Starts and stops Trunkline: the Demo CRM, what is assembled, the worker, and the door to it. */

import type { AddressInfo } from "node:net";
import { assemble, type AssemblyOptions, checkManifests } from "./assembly.ts";
import { type Config, ConfigError } from "./config.ts";
import { type DemoCrm, startDemoCrm } from "./demo-crm/server.ts";
import { createApp } from "./http/app.ts";
import type { SchemaCompilers } from "./http/schema-compilers.ts";
import type { Services } from "./http/services.ts";
import { SEED_CONTACTS } from "./demo-crm/seed/contacts.ts";
import type { ManifestSite } from "./sdk/connector.ts";
import { webPages } from "./web/web-pages.ts";

export interface TrunklineOptions extends AssemblyOptions {
  /** Servers in one process may share what their routes' schemas are compiled to. */
  compilers?: SchemaCompilers | undefined;
}

export interface Trunkline {
  /** Where it listens. */
  url: string;
  /** Where the Demo CRM beside it listens. */
  demoCrmUrl: string | undefined;
  /** Stops accepting, finishes what is under way, closes the database. */
  close(): Promise<void>;
}

export async function startTrunkline(options: TrunklineOptions): Promise<Trunkline> {
  const { config, logger } = options;
  const closing: (() => Promise<void>)[] = [];
  const close = () => inTurn(closing.toReversed());
  try {
    const demoCrm = await demoCrmBeside(config);
    if (demoCrm !== undefined) closing.push(() => demoCrm.close());
    let listeningAt = "";
    const site: ManifestSite = {
      environment: { ...config.connectorEnvironment, ...(demoCrm && { DEMO_API_URL: demoCrm.url }) },
      get serverUrl() {
        return config.publicUrl ?? listeningAt;
      },
    };
    const assembly = await assemble(options, site);
    closing.push(() => assembly.close());
    const { services, operating } = assembly;
    const pages = webPages({
      services,
      operating,
      adminToken: config.adminToken,
      playground: config.playground,
      demoCrm: demoCrm && { url: demoCrm.url, people: SEED_CONTACTS },
    });
    const app = await createApp({ logger, services, pages, compilers: options.compilers });
    const worker = assembly.startWorker();
    closing.push(() => worker.stop());
    closing.push(() => app.close());
    await listening(config, () => app.listen({ host: config.host, port: config.port }));
    listeningAt = addressOf(app.server.address(), config.host);
    checkManifests(services.connectors);
    const serverLogging = assembly.startServerLogging();
    closing.push(() => serverLogging.stop());
    closing.push(() => drain(services, config.drainSeconds));
    return { url: listeningAt, demoCrmUrl: demoCrm?.url, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** A worker without a door: finishes what servers on the same database have accepted. */
export async function startWorkerAlone(options: AssemblyOptions): Promise<{ close(): Promise<void> }> {
  const { connectorEnvironment, publicUrl = "" } = options.config;
  const assembly = await assemble(options, { environment: connectorEnvironment, serverUrl: publicUrl });
  const worker = assembly.startWorker();
  const serverLogging = assembly.startServerLogging();
  return {
    async close() {
      await serverLogging.stop();
      await worker.stop();
      await assembly.close();
    },
  };
}

/** Balancers notice that we are stopping while everybody is still answered. */
async function drain({ readiness }: Services, seconds: number): Promise<void> {
  readiness.stop();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}

/** One step that fails does not keep the others from happening. */
async function inTurn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((thrown: unknown) => failures.push(thrown));
  if (failures.length > 0) throw failures[0];
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
    if (code === "EADDRINUSE") {
      throw new ConfigError(
        `${variable} ${port} is in use by another program on ${host}; set ${variable} to a free one.`,
      );
    }
    if (code === "EACCES") {
      throw new ConfigError(`${variable} ${port} may not be used by this account; set ${variable} to 1024 or above.`);
    }
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new ConfigError(`HOST ${host} is not an address of this machine.`);
    }
    throw thrown;
  }
}

function addressOf(address: AddressInfo | string | null, host: string): string {
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  const name = host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${address.port}`;
}
