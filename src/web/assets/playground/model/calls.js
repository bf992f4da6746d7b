/** The phone's calls: they ring, are answered and end. What is logged of them is in call-logs.js. */

/** @import { Call, Caller, Direction } from "../types.d.ts" */
/** @import { Callers } from "./callers.js" */
/** @import { Session } from "./session.js" */

import { createStore } from "../../shared/store.js";
import { chosenContact, unknownCaller } from "./callers.js";
import { fieldsOf, startingValues } from "./fields.js";
import { NOT_LOGGED } from "./log-state.js";
import { at, listAt, parsed } from "./reading.js";

const KEPT_AS = "trunkline.playground.calls";
const MOST_KEPT = 50;

/** @typedef {ReturnType<typeof createCalls>} Calls */

/** @param {{ callers: Callers, session: Session, storage: Storage }} parts */
export function createCalls({ callers, session, storage }) {
  const store = createStore({ calls: kept(storage), openId: /** @type {string | undefined} */ (undefined) });
  store.follow(() => storage.setItem(KEPT_AS, JSON.stringify(store.get().calls)));

  /** @param {string} sessionId @param {(call: Call) => Call} next */
  function change(sessionId, next) {
    store.change((now) => ({
      ...now,
      calls: now.calls.map((call) => (call.sessionId === sessionId ? next(call) : call)),
    }));
  }

  /** Another contact has other choices. @param {string} sessionId @param {(caller: Caller) => Caller} next */
  function changeCaller(sessionId, next) {
    change(sessionId, (call) => {
      const caller = next(call.caller);
      if (caller.chosenId === call.caller.chosenId && caller.contacts === call.caller.contacts)
        return { ...call, caller };
      const { platform } = session.store.get();
      const submission = startingValues(fieldsOf(platform, "callLog"), chosenContact(caller), {
        kind: call.direction === "Inbound" ? "inboundCall" : "outboundCall",
        type: caller.newType,
        session,
      });
      return { ...call, caller, submission };
    });
  }

  return {
    store,
    change,
    changeCaller,
    /** @param {string} sessionId */
    get: (sessionId) => store.get().calls.find((call) => call.sessionId === sessionId),

    /** @param {{ number: string, direction: Direction }} about */
    ring({ number, direction }) {
      const now = Date.now();
      const sessionId = String(now);
      /** @type {Call} */
      const call = {
        sessionId,
        number,
        direction,
        phase: "ringing",
        startedAt: now,
        answeredAt: undefined,
        endedAt: undefined,
        caller: unknownCaller(number, session.store.get().platform),
        subject: "",
        note: "",
        submission: {},
        log: NOT_LOGGED,
        later: [],
      };
      store.change(({ calls }) => ({ calls: [call, ...calls].slice(0, MOST_KEPT), openId: sessionId }));
      void callers.lookUp(number, (next) => changeCaller(sessionId, next));
    },

    /** @param {string} sessionId */
    answer(sessionId) {
      change(sessionId, (call) => ({ ...call, phase: "talking", answeredAt: Date.now() }));
    },

    /** @param {string} sessionId */
    hangUp(sessionId) {
      change(sessionId, (call) => ({ ...call, phase: "over", endedAt: Date.now() }));
    },

    /** @param {string | undefined} sessionId */
    open(sessionId) {
      store.change((now) => ({ ...now, openId: sessionId }));
    },

    forget() {
      store.set({ calls: [], openId: undefined });
    },
  };
}

/** How long was talked, in whole seconds. @param {Call} call */
export function talkSeconds({ answeredAt, endedAt }) {
  return answeredAt === undefined ? 0 : Math.max(0, Math.round(((endedAt ?? Date.now()) - answeredAt) / 1000));
}

/** In RingCentral's words. @param {Call} call */
export function resultOf({ answeredAt, direction }) {
  if (answeredAt !== undefined) return "Call connected";
  return direction === "Inbound" ? "Missed" : "No Answer";
}

/** A call that was under way when the page was loaded anew has ended. @param {Storage} storage @returns {Call[]} */
function kept(storage) {
  const calls = listAt(parsed(storage.getItem(KEPT_AS) ?? "[]")).filter(isCall);
  return calls.map((call) => (call.phase === "over" ? call : { ...call, phase: "over", endedAt: Date.now() }));
}

/** Written by this very page, if perhaps by an older one. @param {unknown} value @returns {value is Call} */
function isCall(value) {
  return [at(value, "sessionId"), at(value, "caller", "contacts"), at(value, "log", "state")].every(Boolean);
}
