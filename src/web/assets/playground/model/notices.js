/** What the person is told, as the extension does it: by an answer's returnMessage, or by a refusal in plain words. */

/** @import { Answer, Notice, Tone } from "../types.d.ts" */

import { createStore } from "../../shared/store.js";
import { at, textAt } from "./reading.js";

/** Nobody reads a sentence in less. */
const LEAST_MS = 3_500;
const MOST_SHOWN = 3;
/** @type {Record<string, Tone>} */
const TONES = { success: "good", warning: "warn", danger: "bad", error: "bad" };

/** @typedef {ReturnType<typeof createNotices>} Notices */

export function createNotices() {
  const store = createStore(/** @type {Notice[]} */ ([]));
  let last = 0;

  /** @param {string} message @param {Tone} tone @param {number} [ttl] */
  function show(message, tone, ttl = 6_000) {
    last += 1;
    const notice = { id: last, message, tone, ttl: Math.max(ttl, LEAST_MS) };
    store.change((shown) => [...shown.filter((other) => other.message !== message), notice].slice(-MOST_SHOWN));
  }

  return {
    store,
    show,
    /** @param {number} id */
    dismiss(id) {
      store.change((shown) => shown.filter((notice) => notice.id !== id));
    },
    /** What the extension would show of an answer. @param {Answer} answer */
    fromAnswer({ ok, status, body }) {
      const message = textAt(body, "returnMessage", "message");
      const ttl = at(body, "returnMessage", "ttl");
      const tone = TONES[textAt(body, "returnMessage", "messageType")] ?? "quiet";
      if (message !== "") show(message, tone, typeof ttl === "number" ? ttl : undefined);
      else if (!ok && status !== 404 && typeof body === "string" && body !== "") show(body, "bad", 8_000);
    },
  };
}
