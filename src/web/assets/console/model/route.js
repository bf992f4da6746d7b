/** Where in the console one is, kept in the address behind the hash: reloading and going back work as everywhere. */

/** @import { Route } from "../types.d.ts" */

import { createStore } from "../../shared/store.js";

export function createRoute() {
  const route = createStore(routeIn(location.hash));
  addEventListener("hashchange", () => route.set(routeIn(location.hash)));
  return route;
}

/** @param {string} hash @returns {Route} */
export function routeIn(hash) {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  return { place: path.split("/").filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query) };
}

/**
 * @param {readonly string[]} place
 * @param {Readonly<Record<string, string | undefined>>} [query]
 */
export function addressOf(place, query = {}) {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const asked = given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
  return `#/${place.map(encodeURIComponent).join("/")}${asked}`;
}
