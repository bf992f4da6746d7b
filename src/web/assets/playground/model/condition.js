/** How the Demo CRM is: well, or as ill as somebody ordered it to be. */

/** @import { CrmCondition } from "../types.d.ts" */
/** @import { Notices } from "./notices.js" */

import { createStore } from "../../shared/store.js";
import { parsed, textAt } from "./reading.js";

/** @type {readonly CrmCondition[]} */
const CONDITIONS = ["well", "down", "slow", "rate-limited", "loses-answers"];
/** @type {{ condition: CrmCondition }} */
const WELL = { condition: "well" };
const PLACE = "/playground/demo-crm/condition";

/** @typedef {ReturnType<typeof createCondition>} Condition */

/** @param {{ notices: Notices }} parts */
export function createCondition({ notices }) {
  const store = createStore(WELL);

  /** @param {RequestInit} [request] */
  async function exchange(request) {
    const answer = await fetch(PLACE, request).catch(() => undefined);
    const body = parsed((await answer?.text()) ?? "");
    if (answer?.ok === true) {
      const present = textAt(body, "condition");
      store.set({ condition: CONDITIONS.find((name) => name === present) ?? "other" });
    } else notices.show(typeof body === "string" && body !== "" ? body : "The Demo CRM could not be changed.", "bad");
  }

  return {
    store,
    read: () => exchange(),
    /** @param {CrmCondition} condition */
    order: (condition) =>
      exchange({
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ condition }),
      }),
  };
}
