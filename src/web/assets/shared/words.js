/** Times, durations and numbers as a person reads them. */

/** "14:03:27", in the reader's own zone. @param {number} at Epoch milliseconds. */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString(undefined, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
}

/** "2:05" of seconds. @param {number} seconds */
export function timer(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = String(rest).padStart(2, "0");
  return hours === 0 ? `${minutes}:${tail}` : `${hours}:${String(minutes).padStart(2, "0")}:${tail}`;
}

/** "45 ms", "1.2 s". @param {number} took */
export function milliseconds(took) {
  if (took < 10) return `${took.toFixed(1)} ms`;
  return took < 1000 ? `${Math.round(took)} ms` : `${(took / 1000).toFixed(1)} s`;
}

/** "1 call", "3 calls". @param {number} number @param {string} one @param {string} [many] */
export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}
