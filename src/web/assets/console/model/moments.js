/** Moments and spans of time as a person reads them. */

import { clockTime } from "../../shared/words.js";

/** @type {readonly [name: string, ms: number][]} */
const UNITS = [
  ["d", 24 * 60 * 60 * 1000],
  ["h", 60 * 60 * 1000],
  ["min", 60 * 1000],
  ["s", 1000],
];

/** "3 min": the largest unit that fits. @param {number} ms */
export function span(ms) {
  const [name, unit] = UNITS.find(([, size]) => ms >= size) ?? ["s", 1000];
  return `${Math.floor(Math.max(0, ms) / unit)} ${name}`;
}

/** @param {number} at @param {number} now */
export function ago(at, now) {
  return now - at < 1000 ? "just now" : `${span(now - at)} ago`;
}

/** "14:03:27" today, "21 Sep, 14:03:27" on another day. @param {number} at @param {number} now */
export function moment(at, now) {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? clockTime(at) : `${day(at)}, ${clockTime(at)}`;
}

/** "14:03". @param {number} at */
export function hourAndMinute(at) {
  return new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** @param {number} at */
function day(at) {
  return new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "short" });
}
