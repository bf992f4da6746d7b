/** Follows what the server tells about this user as it happens, and comes back when the connection breaks. */

/** @import { LiveEvent } from "../types.d.ts" */

import { parsed } from "./reading.js";

const COME_BACK_AFTER_MS = 2_000;

/**
 * EventSource cannot send headers, and a token does not belong into an address.
 * @param {object} following
 * @param {string} following.token
 * @param {(what: string, event: LiveEvent) => void} following.heard
 * @param {(isLive: boolean) => void} following.changed Whether events are being told at the moment.
 * @param {() => void} following.refused The session is over.
 * @returns {() => void} Stops.
 */
export function followEvents({ token, heard, changed, refused }) {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function follow() {
    while (!signal.aborted) {
      const answer = await fetch("/playground/events", {
        headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
        signal,
      }).catch(() => undefined);
      if (answer?.status === 400) {
        refused();
        return;
      }
      if (answer?.ok === true && answer.body !== null) {
        changed(true);
        await read(answer.body, heard).catch(() => undefined);
        changed(false);
      }
      await pause(COME_BACK_AFTER_MS, signal);
    }
  }
  void follow();
  return () => stopping.abort();
}

/** @param {ReadableStream<Uint8Array>} body @param {(what: string, event: LiveEvent) => void} heard */
async function read(body, heard) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let unread = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    unread += decoder.decode(value, { stream: true });
    const blocks = unread.split("\n\n");
    unread = blocks.pop() ?? "";
    for (const block of blocks) tell(block, heard);
  }
}

/** @param {string} block @param {(what: string, event: LiveEvent) => void} heard */
function tell(block, heard) {
  const line = (/** @type {string} */ name) =>
    block
      .split("\n")
      .find((each) => each.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const [what, told] = [line("event"), line("data")];
  if (what === undefined || told === undefined) return;
  const event = parsed(told);
  if (typeof event === "object" && event !== null) heard(what, { at: Date.now(), ...event });
}

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
