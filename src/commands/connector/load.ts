/** Loads a connector, and the fake of its CRM, from files that somebody names on the command line. */

import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ConfigError } from "../../config.ts";
import type { Connector } from "../../sdk/connector.ts";
import type { CrmUnderTest } from "../../testing/crm-under-test.ts";
import { isConnector, looksLikeConnector, problemsOf } from "./connector-shape.ts";
import { openOwnDoors } from "./own-doors.ts";

const ENDINGS = ["ts", "mts", "js", "mjs"];

/**
 * `place` is a folder with an `index.ts` or `index.js`, or the file itself; `#<name>` behind it chooses one of several
 * connectors by its export or its platform. Throws a ConfigError that says what is wrong.
 */
export async function loadConnector(place: string): Promise<Connector> {
  const { path, chosen } = partsOf(place);
  const file = connectorFile(path);
  const exported = await exportsOf(file);
  const candidates = new Map(Object.entries(exported).filter(([, value]) => looksLikeConnector(value)));
  const fitting = [...candidates].filter(([name, value]) => {
    return chosen === undefined || name === chosen || Reflect.get(Object(value), "platform") === chosen;
  });
  const distinct = [...new Map(fitting.map(([name, value]) => [value, name]))];
  const [only, ...others] = distinct;
  if (only === undefined) throw new ConfigError(noConnector(file, chosen, [...candidates.keys()]));
  if (others.length > 0) {
    const names = distinct.map(([, name]) => name);
    throw new ConfigError(
      `${file} exports several connectors: ${names.join(", ")}. Choose one with ${path}#${names[0]}.`,
    );
  }
  const [connector, name] = only;
  if (looksLikeConnector(connector) && isConnector(connector)) return connector;
  const problems = problemsOf(Object(connector)).map((problem) => `It ${problem}.`);
  throw new ConfigError([`The connector that ${file} exports as ${name} is not complete.`, ...problems].join("\n  "));
}

/** The function that starts the fake CRM: `startCrm` of the file `fake-crm.ts` or `fake-crm.js` beside the connector. */
export async function loadFakeCrm(place: string): Promise<() => Promise<CrmUnderTest>> {
  const connector = connectorFile(partsOf(place).path);
  const startCrm = await findFakeCrm(connector);
  if (startCrm !== undefined) return startCrm;
  throw new ConfigError(
    `${dirname(connector)} holds no fake-crm.ts or fake-crm.js, which starts a fake of the CRM to check against.`,
  );
}

/** The same; undefined where there is none beside the connector's file. */
export async function findFakeCrm(connector: string): Promise<(() => Promise<CrmUnderTest>) | undefined> {
  const file = firstOf(dirname(connector), "fake-crm");
  if (file === undefined) return undefined;
  const { startCrm } = await exportsOf(file);
  if (isStarter(startCrm)) return startCrm;
  throw new ConfigError(`${file} exports no function startCrm.`);
}

function partsOf(place: string): { path: string; chosen: string | undefined } {
  const mark = existsSync(place) ? -1 : place.lastIndexOf("#");
  return mark === -1
    ? { path: place, chosen: undefined }
    : { path: place.slice(0, mark), chosen: place.slice(mark + 1) };
}

function connectorFile(path: string): string {
  const whole = resolve(path);
  if (!existsSync(whole)) throw new ConfigError(`There is no ${path}.`);
  if (!statSync(whole).isDirectory()) return whole;
  const file = firstOf(whole, "index");
  if (file === undefined) throw new ConfigError(`${path} holds no index.ts or index.js.`);
  return file;
}

function firstOf(folder: string, name: string): string | undefined {
  return ENDINGS.map((ending) => join(folder, `${name}.${ending}`)).find((file) => existsSync(file));
}

async function exportsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  openOwnDoors();
  try {
    const exported: object = await import(pathToFileURL(file).href);
    return { ...exported };
  } catch (thrown) {
    const why = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    throw new ConfigError(`${file} cannot be loaded. ${why}`);
  }
}

function noConnector(file: string, chosen: string | undefined, names: readonly string[]): string {
  if (chosen === undefined || names.length === 0)
    return `${file} exports no connector. Export one made with defineConnector.`;
  return `${file} exports no connector ${chosen}, only ${names.join(", ")}.`;
}

/** What it answers shows when it is used: the suite names what is missing. */
function isStarter(value: unknown): value is () => Promise<CrmUnderTest> {
  return typeof value === "function";
}
