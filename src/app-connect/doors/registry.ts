/** Stands in for the core's registry where it is asked for by itself instead of with the core. */

import { connectorRegistry } from "./core.ts";

/** What is required is the registry itself. */
export { connectorRegistry as "module.exports", connectorRegistry as default };
