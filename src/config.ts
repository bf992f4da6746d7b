/** The environment as a checked configuration: every variable declared once, with its explanation; docs/configuration.md is made from here. */

import { dirname } from "node:path";
import type { ConnectorEnvironment, ConnectorVariable } from "./sdk/connector.ts";
import { type GivenSecrets, readOrCreateSecrets, type Secrets } from "./secrets-file.ts";

/** A configuration that cannot work, as one sentence that names the variable. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export interface Variable {
  name: string;
  explanation: string;
  /** As the documentation shows it; undefined where there is none. */
  default?: string;
  secret?: boolean;
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** HS256 wants a key as long as its hash (RFC 7518, section 3.2). */
const LEAST_SECRET_BYTES = 32;

export const VARIABLES: readonly Variable[] = [
  {
    name: "HOST",
    default: "127.0.0.1",
    explanation: "The address to listen on. `0.0.0.0` or `::` makes the server reachable from other machines.",
  },
  { name: "PORT", default: "6066", explanation: "The port to listen on; `0` takes any free one." },
  {
    name: "DATABASE_URL",
    default: "sqlite:data/trunkline.db",
    explanation:
      "Where everything is kept: `sqlite:<path>` for one process, `postgres://user:password@host/database` for any number. PostgreSQL's certificate is verified (`sslrootcert=<file>` names your own authority); `?sslmode=disable` is for a database on this machine.",
  },
  {
    name: "APP_SERVER",
    default: "http://<HOST>:<PORT>",
    explanation: "The public base URL under which clients reach this server.",
  },
  {
    name: "APP_SERVER_SECRET_KEY",
    secret: true,
    explanation:
      "Signs the clients' tokens; at least 32 bytes. Without it one is generated once and kept beside the SQLite database. Changing it logs everybody out.",
  },
  {
    name: "HASH_KEY",
    secret: true,
    explanation:
      "Goes into the hashes of RingCentral ids. Without it one is generated once and kept beside the SQLite database.",
  },
  {
    name: "TRUNKLINE_ENCRYPTION_KEYS",
    secret: true,
    explanation:
      "Encrypts credentials and content at rest; comma-separated, the first encrypts, all decrypt. Without it the key is derived from `APP_SERVER_SECRET_KEY`.",
  },
  {
    name: "TRUNKLINE_ADMIN_TOKEN",
    secret: true,
    explanation:
      "Opens the console at `/console`; at least 16 characters. Without it one is generated once, shown at the first start and kept beside the SQLite database; on PostgreSQL the console is then off.",
  },
  {
    name: "TRUNKLINE_METRICS_TOKEN",
    secret: true,
    explanation: "What `/metrics` asks for as a Bearer token. Without it the figures are open; they name no person.",
  },
  {
    name: "TRUNKLINE_DRAIN_SECONDS",
    default: "0",
    explanation:
      "How long a server that was asked to stop goes on serving while `/readyz` already answers 503, so that a balancer sends nothing more here before the door closes; at most 300.",
  },
  {
    name: "PLAYGROUND",
    explanation:
      "`on` offers the soft-phone at `/playground`, `off` does not. By default it is on where the Demo CRM runs beside the server.",
  },
  {
    name: "LOG_LEVEL",
    default: "info",
    explanation: `How much is logged: ${LOG_LEVELS.map((level) => `\`${level}\``).join(", ")}.`,
  },
  {
    name: "NODE_ENV",
    explanation:
      "With `production`, an `APP_SERVER_SECRET_KEY` shorter than 32 bytes stops the start instead of being warned about, and plugins on this machine are not asked.",
  },
  {
    name: "RINGCENTRAL_SERVER",
    default: "https://platform.ringcentral.com",
    explanation:
      "RingCentral's origin, where it is another than the usual one: a sandbox or a test. Faxes and pictures are then fetched from there and from the media host that goes with it.",
  },
  {
    name: "RINGCENTRAL_CLIENT_ID",
    explanation:
      "The app that was registered for this server at RingCentral; goes with `RINGCENTRAL_CLIENT_SECRET`. Without it administrators are recognised all the same, but nobody can let this server log in at RingCentral by itself.",
  },
  {
    name: "RINGCENTRAL_CLIENT_SECRET",
    secret: true,
    explanation: "The secret of that app.",
  },
  { name: "IS_PROD", explanation: "`true` means the same as `NODE_ENV=production`." },
  { name: "DEMO_CRM", default: "on", explanation: "`on` runs the Demo CRM beside the server, `off` does not." },
  { name: "DEMO_CRM_PORT", default: "6067", explanation: "The Demo CRM's port on 127.0.0.1; `0` takes any free one." },
  { name: "DEMO_CRM_FILE", default: "data/demo-crm.db", explanation: "The Demo CRM's own SQLite file." },
];

export interface Config {
  host: string;
  port: number;
  /** `sqlite:<path>` or `postgres://…`. */
  databaseUrl: string;
  /** Without a trailing slash; undefined: made from the address that the server listens on. */
  publicUrl: string | undefined;
  appSecret: string;
  hashKey: string;
  /** The first encrypts, all decrypt. */
  encryptionKeys: readonly string[];
  /** The variable to name when they are wrong. */
  encryptionKeysFrom: "TRUNKLINE_ENCRYPTION_KEYS" | "APP_SERVER_SECRET_KEY";
  /** Opens the console; undefined: there is none. */
  adminToken: string | undefined;
  /** The admin token that was generated at this very start, to be shown once. */
  freshAdminToken: string | undefined;
  /** Undefined: the metrics are open. */
  metricsToken: string | undefined;
  /** How long it goes on serving after it was asked to stop. */
  drainSeconds: number;
  playground: boolean;
  logLevel: LogLevel;
  /** Undefined: no Demo CRM beside the server. */
  demoCrm: { port: number; file: string } | undefined;
  connectorEnvironment: ConnectorEnvironment;
  /** Undefined: RingCentral's own hosts. */
  ringCentralServer: string | undefined;
  /** This server's app at RingCentral; undefined: it has none. */
  ringCentralApp: { id: string; secret: string } | undefined;
  /** Other people depend on this server. */
  isProduction: boolean;
  /** What works but should not stay so. */
  warnings: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws a ConfigError for a value that is wrong or contradicts another. Creates the file of generated secrets, where it may. */
export function loadConfig(
  environment: Environment,
  connectorVariables: readonly ConnectorVariable[],
  { mayWrite }: { mayWrite: boolean } = { mayWrite: true },
): Config {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const databaseUrl = databaseUrlFrom(read("DATABASE_URL"));
  const port = portFrom("PORT", read("PORT") ?? "6066");
  const logLevel = LOG_LEVELS.find((level) => level === (read("LOG_LEVEL") ?? "info"));
  if (logLevel === undefined) throw new ConfigError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}.`);
  const demoCrm = demoCrmFrom(read, port);
  const connectorEnvironment = connectorEnvironmentFrom(read, connectorVariables);
  if (demoCrm !== undefined) {
    const moved = ["DEMO_API_URL", "DEMO_OAUTH_URL"].find((name) => connectorEnvironment[name] !== undefined);
    if (moved !== undefined) throw new ConfigError(`${moved} points to another Demo CRM, so DEMO_CRM must be off.`);
  }
  const publicUrl = webAddress("APP_SERVER", read("APP_SERVER"))?.replace(/\/+$/, "");
  const given = {
    appSecret: read("APP_SERVER_SECRET_KEY"),
    hashKey: read("HASH_KEY"),
    adminToken: adminTokenFrom(read("TRUNKLINE_ADMIN_TOKEN")),
  };
  const playground = switchFrom("PLAYGROUND", read("PLAYGROUND") ?? (demoCrm === undefined ? "off" : "on"));
  const isProduction = read("NODE_ENV") === "production" || read("IS_PROD") === "true";
  const warnings = secretWarnings(given.appSecret, isProduction);
  const ownKeys = keysFrom(read("TRUNKLINE_ENCRYPTION_KEYS"));
  const drainSeconds = drainSecondsFrom(read("TRUNKLINE_DRAIN_SECONDS") ?? "0");
  const ringCentralServer = originFrom("RINGCENTRAL_SERVER", read("RINGCENTRAL_SERVER"));
  const ringCentralApp = ringCentralAppFrom(read("RINGCENTRAL_CLIENT_ID"), read("RINGCENTRAL_CLIENT_SECRET"));
  // Last, so that a configuration that cannot work leaves nothing behind.
  const secrets = secretsFrom(databaseUrl, given, mayWrite);
  return {
    host: read("HOST") ?? "127.0.0.1",
    port,
    databaseUrl,
    publicUrl,
    ...secrets,
    encryptionKeys: ownKeys ?? [secrets.appSecret],
    encryptionKeysFrom: ownKeys === undefined ? "APP_SERVER_SECRET_KEY" : "TRUNKLINE_ENCRYPTION_KEYS",
    metricsToken: read("TRUNKLINE_METRICS_TOKEN"),
    drainSeconds,
    playground,
    logLevel,
    demoCrm,
    connectorEnvironment,
    ringCentralServer,
    ringCentralApp,
    isProduction,
    warnings,
  };
}

function databaseUrlFrom(value: string | undefined): string {
  const url = value ?? "sqlite:data/trunkline.db";
  if (/^sqlite:.+/.test(url) || (/^postgres(ql)?:\/\/./.test(url) && URL.canParse(url))) return url;
  throw new ConfigError(
    "DATABASE_URL must be sqlite:<path> or postgres://<address>, for instance sqlite:data/trunkline.db.",
  );
}

/** The file of an embedded database; undefined where it is none. */
export function databaseFileIn(environment: Environment): string | undefined {
  const url = databaseUrlFrom(environment["DATABASE_URL"]?.trim() || undefined);
  return url.startsWith("sqlite:") ? url.slice("sqlite:".length) : undefined;
}

/** Only an embedded database has a folder of its own for generated secrets: processes that share one must share their secrets. */
function secretsFrom(
  databaseUrl: string,
  given: GivenSecrets,
  mayWrite: boolean,
): Omit<Secrets, "adminToken"> & { adminToken: string | undefined } {
  const { appSecret, hashKey, adminToken } = given;
  if (databaseUrl.startsWith("sqlite:")) {
    const file = databaseUrl.slice("sqlite:".length);
    return readOrCreateSecrets(file === ":memory:" ? undefined : dirname(file), given, { mayWrite });
  }
  if (appSecret !== undefined && hashKey !== undefined)
    return { appSecret, hashKey, adminToken, freshAdminToken: undefined };
  const missing = appSecret === undefined ? "APP_SERVER_SECRET_KEY" : "HASH_KEY";
  throw new ConfigError(`${missing} must be set when DATABASE_URL is PostgreSQL: every process needs the same one.`);
}

/** Long enough that it cannot be guessed at the console's door. */
const LEAST_ADMIN_TOKEN = 16;

function adminTokenFrom(value: string | undefined): string | undefined {
  if (value === undefined || value.length >= LEAST_ADMIN_TOKEN) return value;
  throw new ConfigError(`TRUNKLINE_ADMIN_TOKEN must have at least ${LEAST_ADMIN_TOKEN} characters.`);
}

function switchFrom(name: string, value: string): boolean {
  if (value === "on" || value === "off") return value === "on";
  throw new ConfigError(`${name} must be on or off.`);
}

/** Longer than any balancer needs to notice. */
const LONGEST_DRAIN_S = 300;

function drainSecondsFrom(value: string): number {
  const seconds = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (seconds <= LONGEST_DRAIN_S) return seconds;
  throw new ConfigError(`TRUNKLINE_DRAIN_SECONDS must be a number of seconds between 0 and ${LONGEST_DRAIN_S}.`);
}

function keysFrom(value: string | undefined): string[] | undefined {
  const keys = value?.split(",").map((key) => key.trim());
  if (keys?.includes("") !== true) return keys;
  throw new ConfigError("TRUNKLINE_ENCRYPTION_KEYS must be a comma-separated list without empty entries.");
}

function portFrom(name: string, value: string): number {
  const port = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new ConfigError(`${name} must be a port number between 0 and 65535.`);
}

function demoCrmFrom(read: (name: string) => string | undefined, ownPort: number): Config["demoCrm"] {
  if (!switchFrom("DEMO_CRM", read("DEMO_CRM") ?? "on")) return undefined;
  const demoCrm = demoCrmPlace(read);
  if (demoCrm.port !== 0 && demoCrm.port === ownPort) throw new ConfigError("DEMO_CRM_PORT must differ from PORT.");
  return demoCrm;
}

function demoCrmPlace(read: (name: string) => string | undefined) {
  return {
    port: portFrom("DEMO_CRM_PORT", read("DEMO_CRM_PORT") ?? "6067"),
    file: read("DEMO_CRM_FILE") ?? "data/demo-crm.db",
  };
}

/** What `trunkline demo-crm` needs. */
export function loadDemoCrmConfig(environment: Environment): { port: number; file: string } {
  return demoCrmPlace((name) => environment[name]?.trim() || undefined);
}

function connectorEnvironmentFrom(
  read: (name: string) => string | undefined,
  variables: readonly ConnectorVariable[],
): ConnectorEnvironment {
  return Object.fromEntries(
    variables.map(({ name, kind }) => [name, kind === "origin" ? originFrom(name, read(name)) : read(name)]),
  );
}

function ringCentralAppFrom(id: string | undefined, secret: string | undefined): Config["ringCentralApp"] {
  if (id !== undefined && secret !== undefined) return { id, secret };
  if (id === undefined && secret === undefined) return undefined;
  const missing = id === undefined ? "RINGCENTRAL_CLIENT_ID" : "RINGCENTRAL_CLIENT_SECRET";
  throw new ConfigError(`${missing} is missing: an app at RingCentral has both an id and a secret.`);
}

function originFrom(name: string, value: string | undefined): string | undefined {
  const address = webAddress(name, value);
  if (address === undefined) return undefined;
  const url = new URL(address);
  if (url.pathname === "/" && url.search === "" && url.hash === "") return url.origin;
  throw new ConfigError(`${name} must be an origin without a path, such as https://sandbox.example.com.`);
}

function webAddress(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  if (isWeb && url.username === "" && url.password === "") return value;
  throw new ConfigError(`${name} must be an http or https address without a user name.`);
}

function secretWarnings(secret: string | undefined, isProduction: boolean): string[] {
  if (secret === undefined || Buffer.byteLength(secret) >= LEAST_SECRET_BYTES) return [];
  const problem = `APP_SERVER_SECRET_KEY must have at least ${LEAST_SECRET_BYTES} bytes`;
  if (isProduction) throw new ConfigError(`${problem}.`);
  return [`${problem}; a shorter one is accepted only outside production.`];
}
