/** What can happen to the ledger, one event at a time; after each of them its promises must hold. */

import assert from "node:assert/strict";
import type * as fc from "fast-check";
import type { WantedCall } from "../../src/core/calls/call-content.ts";
import type { CrmBehaviour, CrmFault } from "./crm-behaviour.ts";
import { assertPromises, type Told } from "./promises.ts";
import { contentOf, type World } from "./world.ts";

/** What a person may know: the sessions that were accepted, and how much happened so far. */
export interface Model {
  told: Told[];
  count: number;
}

export type Command = fc.AsyncCommand<Model, World>;

export const SESSIONS = ["s1", "s2"];
const WORKERS_LOOK_EVERY_S = 5;
/** All sessions are logged and in the CRM. */
export async function logAll(model: Model, world: World): Promise<void> {
  for (const sessionId of SESSIONS) await postCall(sessionId, [0], 3).run(model, world);
}

/** The same call is posted, or changed, through one process or through several at once. */
export function postCall(sessionId: string, through: readonly number[], kind: number): Command {
  return command(`post ${sessionId} through ${through.join(" and ")}`, async (model, world) => {
    const before = model.told.find((told) => told.sessionId === sessionId);
    const posted = through.map(() => callContent((model.count += 1), kind));
    await Promise.all(posted.map((content, at) => world.post(world.process(through[at] ?? 0), sessionId, content)));
    const entry = await world.entry(sessionId);
    const dead = through.filter((at) => world.process(at).isDead()).length;
    const accepted = (entry?.wantedVersion ?? 0) - (before?.version ?? 0);
    assert.ok(accepted >= through.length - dead, "a version is lost that was accepted side by side with another");
    if (entry === undefined || accepted === 0) return;
    const { subject } = contentOf(entry);
    assert.ok(posted.some((content) => content.subject === subject));
    if (before === undefined)
      model.told.push({ sessionId, version: entry.wantedVersion, subject, isDeleted: false, deletedUnseen: 0 });
    else Object.assign(before, { version: entry.wantedVersion, subject });
  });
}

export function crmWillAnswer(faults: readonly CrmFault[]): Command {
  const names = faults.map(({ method, behaviour }) => `${method} ${JSON.stringify(behaviour)}`);
  return command(`the CRM will answer ${names.join(", ")}`, (_model, { crm }) => crm.behave(faults));
}

export function crmIsAway(how: CrmBehaviour, seconds: number): Command {
  return command(`the CRM is away for ${seconds} s: ${JSON.stringify(how)}`, async (_model, world) => {
    world.crm.always(how);
    for (let second = 0; second < seconds; second += WORKERS_LOOK_EVERY_S) {
      await world.time.advance(WORKERS_LOOK_EVERY_S * 1_000);
      await world.work(world.process(0));
    }
    world.crm.always();
  });
}

export function letTimePass(ms: number): Command {
  return command(`${ms} ms pass`, (_model, { time }) => time.advance(ms));
}

export function workersLook(through: readonly number[]): Command {
  return command(`workers of ${through.join(" and ")} look`, async (_model, world) => {
    await Promise.all(through.map((at) => world.work(world.process(at))));
  });
}

export function processDies(at: number, steps: number): Command {
  return command(`${at} dies after ${steps} steps`, (_model, world) => {
    world.hasDied = true;
    world.process(at).dieAfter(steps);
  });
}

export function processFreezes(at: number, ms: number): Command {
  return command(`${at} freezes for ${ms} ms`, (_model, world) => {
    world.wasFrozen = true;
    world.process(at).freeze(ms);
  });
}

/** Not while a change is at work: a CRM that writes whole texts then forgets one of the two, and nobody can help it. */
export function personEdits(sessionId: string, where: "above" | "below" | "inside"): Command {
  return command(`a person edits ${where} ${sessionId}`, async (model, world) => {
    const entry = await world.entry(sessionId);
    const record = entry && world.record(entry);
    if (entry === undefined || record === undefined || record.isDeleted || world.crm.isBusyWith(record)) return;
    const words = `Person ${(model.count += 1)} was here.`;
    const html = world.logFormat === "text/html";
    const paragraph = html ? `<p>${words}</p>` : words;
    if (where === "above") record.body = `${paragraph}${html ? "" : "\n\n"}${record.body}`;
    else if (where === "below") record.body = `${record.body}${html ? "" : "\n\n"}${paragraph}`;
    else if (/Note \d+ ends\./.test(record.body)) record.body = record.body.replace(/Note \d+ ends\./, `$& ${words}`);
    else return;
    record.words.push(words);
  });
}

export function personDeletes(sessionId: string): Command {
  return command(`a person deletes ${sessionId}`, async (model, world) => {
    const entry = await world.entry(sessionId);
    const record = entry && world.record(entry);
    const told = model.told.find((one) => one.sessionId === sessionId);
    if (entry === undefined || record === undefined || told === undefined || record.isDeleted) return;
    record.isDeleted = true;
    record.words = [];
    if (entry.logId === undefined) told.deletedUnseen += 1;
  });
}

export function personLogsIn(): Command {
  return command("a person logs in", (_model, world) => world.wakeAfterLogin());
}

function command(name: string, act: (model: Model, world: World) => Promise<void> | void): Command {
  return {
    check: () => true,
    async run(model, world) {
      await act(model, world);
      await world.time.quiet();
      await assertPromises(world, model.told);
      world.restart();
    },
    toString: () => name,
  };
}

/** One version of a call; `kind` says whether there is a note and what is known of the duration. */
function callContent(count: number, kind: number): WantedCall {
  return {
    contact: { id: kind === 2 ? "2" : "1" },
    subject: `Call ${count}`,
    facts: {
      note: kind === 0 ? "" : `Note ${count} ends.`,
      direction: "Inbound",
      startedAt: Date.UTC(2026, 7, 1),
      durationSeconds: kind === 1 ? "pending" : 60 + count,
      result: `Result ${count}`,
    },
    submission: {},
  };
}
