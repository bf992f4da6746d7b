/**
 * Lets connectors written for App Connect import its core wherever they lie: they are given what stands in for it here. The core
 * itself would open a database of its own.
 */

import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { loadable } from "./type-script.ts";

/** Sources in a checkout, JavaScript in the installed package. */
const EXTENSION = import.meta.url.endsWith(".ts") ? "ts" : "js";
/** Nothing of ours needs to be looked at. */
const OURS = new URL("../", import.meta.url).href;

/** By the module's path inside `@app-connect/core`; "" is the package itself. */
const DOORS: readonly [module: RegExp, door: string][] = [
  [/^$/, "core"],
  [/^connector\/registry$/, "registry"],
  [/^connector\/developerPortal$/, "developer-portal"],
  [/^models\/\w+Model$/, "models"],
  [/^models\/dynamo\/\w+$/, "dynamo"],
  [/^lib\/(?:accountData|constants|jwt|logger|util)$/, "library"],
  [/^lib\/(?:errorHandler|generalErrorMessage)$/, "errors"],
  [/^lib\/oauth$/, "oauth"],
];

/** Opening them again changes nothing. Whatever else of the core is asked for must be installed beside the connector. */
export function openAppConnectDoors(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const door = doorOf(specifier) ?? doorOf(insideOf(specifier, context.parentURL));
      if (door === undefined) return resolved(specifier, (name) => next(name, context));
      return { url: new URL(`./doors/${door}.${EXTENSION}`, import.meta.url).href, shortCircuit: true };
    },
    load(url, context, next) {
      if (url.startsWith(OURS) || !url.startsWith("file:") || url.includes("/node_modules/")) return next(url, context);
      // Their compiler needs no attribute for it, whichever way a file is imported.
      if (url.endsWith(".json")) return next(url, { ...context, importAttributes: { type: "json" } });
      const source = url.endsWith(".ts") ? loadable(readFileSync(fileURLToPath(url), "utf8")) : undefined;
      return source === undefined ? next(url, context) : { ...source, shortCircuit: true };
    },
  });
}

/** Projects in TypeScript name their files without an ending, or with the one that their compiler writes. */
function resolved<T>(specifier: string, resolve: (name: string) => T): T {
  try {
    return resolve(specifier);
  } catch (thrown) {
    const bare = specifier.replace(/\.js$/, "");
    for (const ending of specifier.startsWith(".") ? [".ts", "/index.ts"] : []) {
      try {
        return resolve(`${bare}${ending}`);
      } catch {
        continue;
      }
    }
    throw thrown;
  }
}

function doorOf(specifier: string): string | undefined {
  const [, path = ""] = /^@app-connect\/core(?:\/(?:dist\/)?(.*?)(?:\.[jt]s)?)?$/.exec(specifier) ?? [
    undefined,
    undefined,
  ];
  if (!specifier.startsWith("@app-connect/core")) return undefined;
  return DOORS.find(([module]) => module.test(path))?.[1];
}

/** A relative path that leads into the core, from a neighbour there or from a connector in its project, as the core knows it by name. */
function insideOf(specifier: string, parent: string | undefined): string {
  if (!specifier.startsWith(".") || parent === undefined || !parent.startsWith("file:")) return "";
  const { pathname } = new URL(specifier, parent);
  const [, root = "", folder, inside] = /^(.*\/(@app-connect|packages)\/core)\/(.*)$/.exec(pathname) ?? [];
  if (inside === undefined || (folder === "packages" && !isTheCore(root))) return "";
  return `@app-connect/core/${inside}`;
}

/** A project may have another core of its own; where nothing is, this one was meant. */
function isTheCore(folder: string): boolean {
  try {
    return readFileSync(fileURLToPath(`file://${folder}/package.json`), "utf8").includes('"@app-connect/core"');
  } catch {
    return true;
  }
}
