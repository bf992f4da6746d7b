/** Preloaded into a server: its clock and its timers run as many times faster as its parent says. */

const real = { now: Date.now, setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval };
const clock = { speed: 1, since: real.now(), shownThen: real.now() };

Date.now = () => Math.floor(clock.shownThen + (real.now() - clock.since) * clock.speed);

globalThis.setTimeout = Object.assign(
  (callBack: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    real.setTimeout(callBack, ms / clock.speed, ...given),
  real.setTimeout,
);
globalThis.setInterval = Object.assign(
  (callBack: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    real.setInterval(callBack, ms / clock.speed, ...given),
  real.setInterval,
);

process.on("message", (speed: unknown) => {
  if (typeof speed !== "number" || speed < 1) return;
  Object.assign(clock, { shownThen: Date.now(), since: real.now(), speed });
});
process.channel?.unref();
