/** The CRM is well again and time passes: everything that was accepted must then be there, and soon. */

import assert from "node:assert/strict";
import { assertAllDone, type Told } from "./promises.ts";
import type { World } from "./world.ts";

/** What a server promises once the CRM is back. */
const PROMPT_MS = 30_000;
/** More looks than any honest recovery needs. */
const LOOKS = 150;
/** What is due may still be watched by a process that waits for the other one. */
const SHORTEST_WAIT_MS = 1_000;

export async function recover(world: World, told: readonly Told[]): Promise<void> {
  const { crm, time } = world;
  world.process(0).dieAfter(Infinity);
  world.process(1).dieAfter(Infinity);
  world.restart();
  crm.always();
  const began = time.now();
  for (let look = 0; look < LOOKS; look += 1) {
    await world.work(world.process(look % 2));
    const due = await world.nextDue();
    if (due === undefined) break;
    await time.advance(Math.max(SHORTEST_WAIT_MS, due - time.now()));
  }
  await assertAllDone(world, told);
  if (!crm.askedToWait() && !world.wasFrozen)
    assert.ok(time.now() - began <= PROMPT_MS, "it took longer than half a minute");
}
