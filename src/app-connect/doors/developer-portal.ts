/** Stands in for the core's client of RingCentral's directory of connectors, which some projects replace functions of: nothing is asked there. */

import type { Members } from "../exports.ts";

const nothing = () => Promise.resolve(null);

/** A plain object, because they assign to it; each load has it for itself as far as it matters, for nobody here reads it. */
const developerPortal: Members = {
  getConnectorManifest: nothing,
  getPublicConnectorList: () => Promise.resolve({ connectors: [] }),
  getPrivateConnectorList: () => Promise.resolve({ connectors: [], sharedConnectors: [] }),
};

export { developerPortal as "module.exports", developerPortal as default };
