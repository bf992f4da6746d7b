/**
 * Lets connectors written for App Connect import its core wherever they lie: they are given what stands in for it here. The core
 * itself would open a database of its own.
 */

import { registerHooks } from "node:module";

/** Sources in a checkout, JavaScript in the installed package. */
const EXTENSION = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** By the module's path inside `@app-connect/core`; "" is the package itself. */
const DOORS: readonly [module: RegExp, door: string][] = [
  [/^$/, "core"],
  [/^models\/\w+Model$/, "models"],
  [/^lib\/(?:accountData|constants|jwt|logger|util)$/, "library"],
];

/** Opening them again changes nothing. Whatever else of the core is asked for must be installed beside the connector. */
export function openAppConnectDoors(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const door = doorOf(specifier) ?? doorOf(insideOf(specifier, context.parentURL));
      if (door === undefined) return resolved(specifier, (name) => next(name, context));
      return { url: new URL(`./doors/${door}.${EXTENSION}`, import.meta.url).href, shortCircuit: true };
    },
  });
}

/** Projects in TypeScript name their files without an ending, as their compiler lets them. */
function resolved<T>(specifier: string, resolve: (name: string) => T): T {
  try {
    return resolve(specifier);
  } catch (thrown) {
    for (const ending of specifier.startsWith(".") ? [".ts", "/index.ts"] : []) {
      try {
        return resolve(`${specifier}${ending}`);
      } catch {
        continue;
      }
    }
    throw thrown;
  }
}

function doorOf(specifier: string): string | undefined {
  const [, path = ""] = /^@app-connect\/core(?:\/(.*?)(?:\.js)?)?$/.exec(specifier) ?? [undefined, undefined];
  if (!specifier.startsWith("@app-connect/core")) return undefined;
  return DOORS.find(([module]) => module.test(path))?.[1];
}

/** A module of an installed core that asks for its neighbour, as the core knows it by name. */
function insideOf(specifier: string, parent: string | undefined): string {
  if (!specifier.startsWith(".") || parent === undefined || !parent.includes("/@app-connect/core/")) return "";
  const { pathname } = new URL(specifier, parent);
  return `@app-connect/core/${pathname.split("/@app-connect/core/")[1]?.replace(/^dist\//, "") ?? ""}`;
}
