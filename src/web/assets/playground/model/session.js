/** Which CRM the phone is connected to, and as whom. Kept for this tab only. */

/** @import { Manifest, Platform, SessionState } from "../types.d.ts" */

import { createStore } from "../../shared/store.js";
import { at, objectAt, parsed, textAt } from "./reading.js";

const KEPT_AS = "trunkline.playground.session";
/** @type {SessionState} */
const SIGNED_OUT = {
  manifest: undefined,
  problem: undefined,
  platform: undefined,
  token: undefined,
  name: "",
  hostname: "",
  settings: {},
};

/** @typedef {ReturnType<typeof createSession>} Session */

/** @param {{ storage: Storage }} parts */
export function createSession({ storage }) {
  const store = createStore(SIGNED_OUT);

  return {
    store,
    token: () => store.get().token,

    /** The manifest is there: what this tab was connected to is taken up again. @param {Manifest} manifest */
    begin(manifest) {
      const kept = parsed(storage.getItem(KEPT_AS) ?? "");
      const platform = manifest.platforms[textAt(kept, "platform")];
      const token = textAt(kept, "token");
      const known = platform !== undefined && token !== "";
      store.change((now) => ({
        ...now,
        manifest,
        problem: undefined,
        ...(known ? { platform, token, name: textAt(kept, "name"), hostname: textAt(kept, "hostname") } : {}),
      }));
    },

    /** @param {string} problem */
    failed(problem) {
      store.change((now) => ({ ...now, problem }));
    },

    /** @param {{ platform: Platform, token: string, name: string, hostname: string }} connection */
    connected(connection) {
      const { platform, ...rest } = connection;
      storage.setItem(KEPT_AS, JSON.stringify({ ...rest, platform: platform.name }));
      store.change((now) => ({ ...now, ...connection, settings: {} }));
    },

    /** @param {unknown} settings */
    learnSettings(settings) {
      const map = Object.entries(objectAt(settings)).map(([key, entry]) => [key, objectAt(entry)]);
      store.change((now) => ({ ...now, settings: Object.fromEntries(map) }));
    },

    /** The value that the user, or the default, has for a setting. @param {string} key @param {unknown} byDefault */
    setting(key, byDefault) {
      return at(store.get().settings, key, "value") ?? byDefault;
    },

    over() {
      storage.removeItem(KEPT_AS);
      store.change((now) => ({ ...SIGNED_OUT, manifest: now.manifest }));
    },
  };
}
