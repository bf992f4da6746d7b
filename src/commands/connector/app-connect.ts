/** Loads connectors that were written for App Connect: a module, or a file that registers several, with a manifest beside it. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { adapted } from "../../app-connect/adapt.ts";
import { currentLoad } from "../../app-connect/current-load.ts";
import { type AppConnectExports, exportsOf, isMembers, lacking, type Members } from "../../app-connect/exports.ts";
import { manifestFrom, platformsIn } from "../../app-connect/manifest.ts";
import { openAppConnectDoors } from "../../app-connect/open-doors.ts";
import { ConfigError } from "../../config.ts";
import type { Connector } from "../../sdk/connector.ts";

export interface LoadedFromAppConnect {
  connector: Connector;
  /** What its interface cannot promise. */
  limits: string[];
  file: string;
}

/** One export or registration, and the manifest that came with it. */
interface Candidate {
  name: string | undefined;
  exports: AppConnectExports;
  manifest: unknown;
}

const FILES = ["index.js", "index.cjs", "index.mjs", "index.ts", "app.js", "app.ts"];

/**
 * `place` is the module's file or its folder; `#<platform>` behind it names the platform where the manifest has several.
 * Throws a ConfigError that says what is wrong.
 */
export async function loadFromAppConnect(place: string): Promise<LoadedFromAppConnect[]> {
  const mark = existsSync(place) ? -1 : place.lastIndexOf("#");
  const [path, chosen] = mark === -1 ? [place, undefined] : [place.slice(0, mark), place.slice(mark + 1)];
  const file = fileAt(path);
  const candidates = await candidatesIn(file);
  if (candidates.length === 0) {
    throw new ConfigError(`${file} exports no connector for App Connect: it has no createCallLog and updateCallLog.`);
  }
  const wanted = candidates.filter(({ name }) => chosen === undefined || name === undefined || name === chosen);
  if (wanted.length === 0) {
    const names = candidates.map(({ name }) => name).join(", ");
    throw new ConfigError(`${file} registers no connector ${chosen}, only ${names}.`);
  }
  return Promise.all(wanted.map((candidate) => loaded(file, candidate, chosen)));
}

async function loaded(file: string, candidate: Candidate, chosen: string | undefined): Promise<LoadedFromAppConnect> {
  const { exports } = candidate;
  const missing = lacking(exports);
  if (missing.length > 0) throw new ConfigError(`The connector that ${file} exports lacks ${missing.join(", ")}.`);
  const [platform, source] = platformOf(file, candidate, chosen);
  const manifest = manifestFrom(platform, source);
  if ("problem" in manifest) {
    throw new ConfigError(`The manifest of ${platform} for ${file} cannot be used: ${manifest.problem}.`);
  }
  const { connector, limits } = await adapted({ exports, manifest }).catch((thrown: unknown) => {
    throw new ConfigError(`The connector that ${file} exports cannot be used. ${reasonOf(thrown)}`);
  });
  return { connector, limits, file };
}

async function candidatesIn(file: string): Promise<Candidate[]> {
  openAppConnectDoors();
  const load = {
    registered: new Array<{ name: string; connector: unknown; manifest: unknown }>(),
    defaultManifest: undefined,
  };
  const module = await currentLoad
    .run(load, () => moduleAt(file))
    .catch((thrown: unknown) => {
      throw new ConfigError(`${file} cannot be loaded. ${reasonOf(thrown)}`);
    });
  const own = exportsOf(module);
  if (own !== undefined) {
    const manifest: unknown = isMembers(module) ? module["manifest"] : undefined;
    return [{ name: undefined, exports: own, manifest: manifest ?? load.defaultManifest }];
  }
  // A connector may be registered whole, or function by function.
  const names = new Set(load.registered.map(({ name }) => name));
  return [...names].flatMap((name) => {
    const parts = load.registered.filter((one) => one.name === name);
    const whole: Members = Object.assign({}, ...parts.map(({ connector }) => (isMembers(connector) ? connector : {})));
    const exports = exportsOf(whole);
    const manifest = parts.find((part) => part.manifest !== undefined)?.manifest ?? load.defaultManifest;
    return exports === undefined ? [] : [{ name, exports, manifest }];
  });
}

/** As App Connect loads it, so that what it registers is heard; a module that waits for something is imported. */
async function moduleAt(file: string): Promise<unknown> {
  const require = createRequire(import.meta.url);
  try {
    const module: unknown = require(file);
    return module;
  } catch (thrown) {
    if (!isMembers(thrown) || thrown["code"] !== "ERR_REQUIRE_ASYNC_MODULE") throw thrown;
    const module: unknown = await import(pathToFileURL(file).href);
    return module;
  }
}

/** The platform's name and its part of the manifest. */
function platformOf(file: string, { manifest, name }: Candidate, chosen: string | undefined): [string, Members] {
  const found = manifest === undefined ? manifestBeside(file) : { manifest, where: file };
  if (found === undefined) {
    throw new ConfigError(
      `There is no manifest for ${file}: neither does it export one, nor is there a manifest.json beside it or one folder above.`,
    );
  }
  const platforms = platformsIn(found.manifest);
  const own = basename(file, extname(file));
  const guesses = [chosen, name, own, basename(dirname(file))].filter((guess) => guess !== undefined);
  const [only, ...others] = platforms;
  const fitting = guesses.flatMap((guess) =>
    [...platforms].filter(([platform]) => platform === guess || (guess !== chosen && same(platform, guess))),
  );
  const [best] = chosen === undefined && others.length === 0 && only !== undefined ? [only] : fitting;
  if (best !== undefined) return best;
  const names = [...platforms.keys()];
  throw new ConfigError(
    names.length === 0
      ? `The manifest in ${found.where} has no platforms.`
      : `The manifest in ${found.where} has the platforms ${names.join(", ")}. Choose one with ${file}#${names[0]}.`,
  );
}

function manifestBeside(file: string): { manifest: unknown; where: string } | undefined {
  const folder = dirname(file);
  const own = basename(file, extname(file));
  const places = [
    join(folder, `${own}.manifest.json`),
    join(folder, "manifest.json"),
    join(folder, "..", "manifest.json"),
  ];
  const where = places.find((place) => existsSync(place));
  if (where === undefined) return undefined;
  try {
    const manifest: unknown = JSON.parse(readFileSync(where, "utf8"));
    return { manifest, where };
  } catch (thrown) {
    throw new ConfigError(`${where} is no JSON. ${reasonOf(thrown)}`);
  }
}

function fileAt(path: string): string {
  const whole = resolve(path);
  if (!existsSync(whole)) throw new ConfigError(`There is no ${path}.`);
  if (!statSync(whole).isDirectory()) return whole;
  const file = FILES.map((name) => join(whole, name)).find((place) => existsSync(place));
  if (file === undefined) throw new ConfigError(`${path} holds none of ${FILES.join(", ")}.`);
  return file;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  // Node lists the whole chain of requiring files below.
  const reason = `${thrown.name}: ${thrown.message.split("\n")[0] ?? ""}`;
  const isCore = /^Cannot find (?:module|package) '@app-connect\/core\//.test(thrown.message);
  return isCore ? `${reason}. Only part of the core is stood in for. Install @app-connect/core beside it.` : reason;
}
