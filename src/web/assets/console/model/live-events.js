/** Hears from the server that something has happened; and looks now and then, for what no event tells or where none comes. */

/** @import { Open, Parts } from "../types.d.ts" */

const LOOK_EVERY_MS = 10_000;

/** @param {Pick<Parts, "tick" | "open" | "live">} parts @returns {() => void} How to stop. */
export function followEvents({ tick, open, live }) {
  const again = () => tick.change((count) => count + 1);
  const events = new EventSource("/console/events");
  events.addEventListener("open", () => {
    live.set("live");
    again();
  });
  events.addEventListener("error", () => live.set("looking"));
  events.addEventListener("happened", again);
  events.addEventListener("open entries", (event) => {
    /** @type {{ pending: number, sending: number, uncertain: number, refused: number }} */
    const { pending, sending, uncertain, refused } = JSON.parse(event.data);
    /** @type {Open} */
    const counts = { waiting: pending + sending, uncertain, refused };
    open.set(counts);
    again();
  });
  const look = setInterval(again, LOOK_EVERY_MS);
  return () => {
    events.close();
    clearInterval(look);
  };
}
