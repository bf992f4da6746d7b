/** Lets a connector's files import `trunkline/sdk` wherever they lie, and gives them the very modules that run here. */

import { registerHooks } from "node:module";

/** Sources in a checkout, JavaScript in the installed package. */
const EXTENSION = import.meta.url.endsWith(".ts") ? "ts" : "js";

/**
 * A second copy of the SDK, such as one that is installed beside the connector, would throw errors that this process does
 * not know. Opening them again changes nothing.
 */
export function openOwnDoors(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const door = DOORS[specifier];
      if (door === undefined) return next(specifier, context);
      return { url: new URL(`../../${door}.${EXTENSION}`, import.meta.url).href, shortCircuit: true };
    },
  });
}

const DOORS: Readonly<Record<string, string | undefined>> = {
  trunkline: "index",
  "trunkline/sdk": "sdk/index",
  "trunkline/testing": "testing/index",
};
