/** Everything on the wire in the order in which it began: the phone's requests, the CRM's, and what Trunkline did in between. */

/** @import { LiveEvent, Tone, Traffic } from "../types.d.ts" */

import { createStore } from "../../shared/store.js";
import { count } from "../../shared/words.js";
import { listAt, textAt } from "./reading.js";

const MOST_KEPT = 400;
/** @type {Record<string, Tone>} */
const TONES = { written: "good", pending: "warn", uncertain: "warn", sending: "quiet", refused: "bad" };

/** @typedef {ReturnType<typeof createTraffic>} TrafficLog */
/** @typedef {Traffic extends infer Row ? Row extends unknown ? Omit<Row, "id"> : never : never} NewRow */

export function createTraffic() {
  const store = createStore(/** @type {Traffic[]} */ ([]));
  let last = 0;

  /** @param {NewRow} row */
  function add(row) {
    last += 1;
    /** @type {Traffic} */
    const whole = { ...row, id: last };
    store.change((rows) => [...rows, whole].slice(-MOST_KEPT));
    return last;
  }

  return {
    store,
    add,
    clear: () => store.set([]),

    /** @param {number} id @param {{ status: number, took: number, answer: unknown }} outcome */
    answered(id, outcome) {
      store.change((rows) => rows.map((row) => (row.id === id && row.lane === "phone" ? { ...row, ...outcome } : row)));
    },

    /** @param {string} what @param {LiveEvent} event */
    heard(what, event) {
      const { at } = event;
      if (what === "CRM asked") {
        const took = typeof event["milliseconds"] === "number" ? event["milliseconds"] : 0;
        const outcome = typeof event["outcome"] === "number" ? event["outcome"] : textAt(event, "outcome");
        add({
          lane: "crm",
          at: at - took,
          method: textAt(event, "method"),
          path: textAt(event, "path"),
          outcome,
          took,
        });
        return;
      }
      const told = inWords(what, event);
      if (told !== undefined) add({ lane: "inside", at, ...told });
    },
  };
}

/**
 * @param {string} what
 * @param {LiveEvent} event
 * @returns {{ text: string, tone: Tone } | undefined}
 */
function inWords(what, event) {
  if (what === "number looked up") return lookUpInWords(event);
  if (what === "log accepted") {
    const kind = textAt(event, "kind") === "message" ? "Conversation" : "Call";
    return {
      text: `${kind} ${textAt(event, "sourceKey")} accepted: version ${numberAt(event, "version")} is durable`,
      tone: "quiet",
    };
  }
  if (what !== "log attempted") return undefined;
  const state = textAt(event, "state");
  const aim = { create: "create it", update: "update it", look: "look for it" }[textAt(event, "aim")] ?? "write it";
  const outcome =
    state === "written" ? `done, record ${textAt(event, "logId")}` : `${state}. ${textAt(event, "reason")}`;
  return { text: `Attempt ${numberAt(event, "attempt")} to ${aim}: ${outcome}`, tone: TONES[state] ?? "quiet" };
}

/** @param {LiveEvent} event @returns {{ text: string, tone: Tone }} */
function lookUpInWords(event) {
  const number = textAt(event, "number");
  const from = textAt(event, "from") === "index" ? "from our own index" : "from the CRM";
  if (textAt(event, "outcome") === "unknown") {
    return { text: `${number}: it is not known who this is. ${textAt(event, "reason")}`, tone: "warn" };
  }
  return { text: `${number}: ${count(listAt(event, "contacts").length, "contact")}, ${from}`, tone: "quiet" };
}

/** @param {LiveEvent} event @param {string} name */
function numberAt(event, name) {
  const value = event[name];
  return typeof value === "number" ? value : 0;
}
