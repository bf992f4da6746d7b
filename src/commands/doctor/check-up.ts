/** The whole check-up of a Trunkline where it stands: nothing is changed, made or written. */

import { type Config, ConfigError } from "../../config.ts";
import { openStore, type Store } from "../../open-store.ts";
import type { Connector } from "../../sdk/connector.ts";
import { checkClock } from "./clock.ts";
import { checkConfiguration } from "./configuration.ts";
import { checkCrmHosts } from "./crm-hosts.ts";
import { checkDatabase } from "./database.ts";
import { type Finding, findingsOf } from "./finding.ts";
import { checkKeys } from "./keys.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Without these right, the database would be opened with keys that are not its own. */
const KEYS = ["APP_SERVER_SECRET_KEY", "TRUNKLINE_ENCRYPTION_KEYS"];

export async function checkUp(environment: Environment, connectors: readonly Connector[]): Promise<Finding[]> {
  const list: Finding[] = [];
  const { config, wrong } = checkConfiguration(environment, connectors, list);
  if (config === undefined) return list;
  const database = wrong.has("DATABASE_URL")
    ? { isUsable: false, clock: undefined }
    : await checkDatabase(config, list);
  const isOpenable = database.isUsable && !KEYS.some((name) => wrong.has(name));
  const store = isOpenable ? await opened(config, list) : undefined;
  try {
    if (store !== undefined) await checkKeys(store, list);
    const clocks = await checkCrmHosts(config, connectors, store, list);
    checkClock(database.clock, clocks, list);
  } finally {
    await store?.database.close();
  }
  return list;
}

/** Up to date as it is, it stays untouched. */
async function opened(config: Config, list: Finding[]): Promise<Store | undefined> {
  try {
    return await openStore(config);
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    findingsOf("keys", list).problem({ about: "keys", found: thrown.message });
    return undefined;
  }
}
