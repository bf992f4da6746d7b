/** Preloaded after the fast clock: SIGUSR2 sets it to the speed that the query of this file's URL says, without a channel to a parent. */

const speed = Number(new URL(import.meta.url).searchParams.get("speed"));
process.on("SIGUSR2", () => process.emit("message", speed, undefined));
