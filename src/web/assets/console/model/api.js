/** Asks the console's server: an answer, or an error with a sentence for the person. */

/** @import { Session } from "../types.d.ts" */
/** @import { Store } from "../../shared/store.js" */

/** @typedef {ReturnType<typeof createApi>} Api */

/** @param {{ session: Store<Session>, clockAhead: Store<number> }} parts */
export function createApi({ session, clockAhead }) {
  /** @param {string} path @param {RequestInit} [options] */
  async function send(path, options) {
    const answer = await fetch(`/console/api/${path}`, options).catch(() => {
      throw new Error("The server cannot be reached. This page tries again by itself.");
    });
    if (answer.status === 401)
      session.set({ isIn: false, why: "Your session has ended. Please enter the admin token." });
    if (!answer.ok) throw new Error(await answer.text());
    const value = await answer.json();
    if (typeof value.now === "number") clockAhead.set(value.now - Date.now());
    return value;
  }

  return {
    /** @param {string} path */
    ask: (path) => send(path),
    /** @param {string} path @param {object} [body] */
    change: (path, body = {}) => send(path, ownRequest(body)),
  };
}

/** As the server tells our own page from a foreign one. @param {object} body @returns {RequestInit} */
export function ownRequest(body) {
  return {
    method: "POST",
    headers: { "content-type": "application/json", "x-trunkline-console": "1" },
    body: JSON.stringify(body),
  };
}
