/** The file that is being loaded: what it registers instead of exporting it. */

import { AsyncLocalStorage } from "node:async_hooks";

export interface CurrentLoad {
  registered: { name: string; connector: unknown; manifest: unknown }[];
  defaultManifest: unknown;
}

/** Holds nothing by itself: what is in it belongs to one file and ends with its loading. */
export const currentLoad = new AsyncLocalStorage<CurrentLoad>();
