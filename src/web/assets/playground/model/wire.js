/** Asks the server's own routes in the way the installed extension does, and keeps what went over the wire. */

/** @import { Answer, Ask } from "../types.d.ts" */
/** @import { Notices } from "./notices.js" */
/** @import { TrafficLog } from "./traffic.js" */

import { parsed } from "./reading.js";

/** The extension's own headers, which it sets once: hashes of made-up RingCentral ids, and who made the manifest. */
const HEADERS = {
  accept: "application/json, text/plain, */*",
  "rc-extension-id": "5dfe2c6ee1b2d6bcc2b1b1a7bd5bd3e4bb6fcbb23b7bd6ba3b8b1b4d1ea5b1b0",
  "rc-account-id": "0f4c7b6f3f5c0c1f6b2d7f1cbb2f2a7c5c9a2b3b1d4c8a6e7f1a9b3c5d7e9f10",
  "developer-author-name": "Trunkline",
};
/** What the extension waits where the manifest names nothing else. */
const TIMEOUT_S = 30;

/**
 * @param {object} parts
 * @param {() => string | undefined} parts.token
 * @param {() => number | undefined} parts.timeoutSeconds
 * @param {TrafficLog} parts.traffic
 * @param {Notices} parts.notices
 * @returns {Ask} Never fails: where there is no answer, its status is 0 and its body says so.
 */
export function createAsk({ token, timeoutSeconds, traffic, notices }) {
  return async (method, path, { query = "", body, anonymous = false, silent = false } = {}) => {
    const present = anonymous ? undefined : token();
    const whole = [present === undefined ? "" : `jwtToken=${present}`, query].filter((part) => part !== "").join("&");
    const began = Date.now();
    const id = traffic.add({
      lane: "phone",
      at: began,
      method,
      path,
      query: whole,
      body,
      status: undefined,
      took: undefined,
      answer: undefined,
    });
    const answer = await send(`${path}${whole === "" ? "" : `?${whole}`}`, {
      method,
      signal: AbortSignal.timeout((timeoutSeconds() ?? TIMEOUT_S) * 1000),
      headers: body === undefined ? HEADERS : { ...HEADERS, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    traffic.answered(id, { status: answer.status, took: Date.now() - began, answer: answer.body });
    if (!silent) notices.fromAnswer(answer);
    return answer;
  };
}

/** @param {string} address @param {RequestInit} request @returns {Promise<Answer>} */
async function send(address, request) {
  try {
    const answer = await fetch(address, request);
    return { status: answer.status, ok: answer.ok, body: parsed(await answer.text()) };
  } catch (thrown) {
    const late = thrown instanceof DOMException && thrown.name === "TimeoutError";
    const body = late
      ? "Trunkline did not answer in time. Try again in a moment."
      : "Trunkline does not answer. Is the server still running?";
    return { status: 0, ok: false, body };
  }
}
