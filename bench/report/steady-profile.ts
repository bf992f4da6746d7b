/** Loaded into a server that is profiled: SIGUSR2 begins a profile of V8, a second one ends it and writes it to PROFILE_FILE. */

import { renameSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";

/** Microseconds between two looks at what the processor does. */
const SAMPLE_EVERY_US = 250;

let session: Session | undefined;

process.on("SIGUSR2", () => {
  void (session === undefined ? begin() : end(session));
});

async function begin(): Promise<void> {
  session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: SAMPLE_EVERY_US });
  await session.post("Profiler.start");
}

async function end(profiling: Session): Promise<void> {
  const { profile } = await profiling.post("Profiler.stop");
  const file = process.env["PROFILE_FILE"] ?? "";
  writeFileSync(`${file}.part`, JSON.stringify(profile));
  renameSync(`${file}.part`, file);
}
