/** A connector that would send its requests whatever client it is given, as those written for App Connect do. */

import { demo } from "../../src/connectors/demo/index.ts";
import type { Connector } from "../../src/sdk/connector.ts";

export const own: Connector = {
  ...demo,
  platform: "own",
  ownRequests: true,
  manifest: (site) => ({ ...demo.manifest(site), name: "own" }),
  findContact({ access }) {
    access?.observe({ method: "GET", path: "/by-itself", outcome: 200, milliseconds: 7 });
    return Promise.reject(new Error("found nobody"));
  },
};
