/** What the console's page shares: made once, handed to every part. */

/** @import { Open, Parts, Session } from "../types.d.ts" */

import { createStore } from "../../shared/store.js";
import { createApi, ownRequest } from "./api.js";
import { createRoute } from "./route.js";

/** @returns {Parts} */
export function createParts() {
  /** @type {Session} */
  const unknown = { isIn: undefined, why: undefined };
  /** @type {{ live: "live" | "looking" | "away", open: Open | undefined }} */
  const before = { live: "away", open: undefined };
  const session = createStore(unknown);
  const clockAhead = createStore(0);
  return {
    session,
    clockAhead,
    api: createApi({ session, clockAhead }),
    route: createRoute(),
    tick: createStore(0),
    open: createStore(before.open),
    live: createStore(before.live),
    async logIn(token) {
      const answer = await fetch("/console/login", ownRequest({ token }));
      if (!answer.ok) throw new Error(await answer.text());
      session.set({ isIn: true, why: undefined });
    },
    async logOut() {
      await fetch("/console/logout", ownRequest({}));
      session.set({ isIn: false, why: undefined });
    },
  };
}
