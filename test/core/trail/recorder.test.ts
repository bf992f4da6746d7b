/** The recorder: what happens is written down a moment later, in batches, and never at a request's cost. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  createObservations,
  type LogAccepted,
  type LogAttempted,
  type NumberLookedUp,
  type Observations,
} from "../../../src/core/observations.ts";
import { createNumberHash } from "../../../src/core/trail/number-hash.ts";
import { startTrailRecorder, type TrailRecorder } from "../../../src/core/trail/recorder.ts";
import type { TrafficCount } from "../../../src/store/crm-traffic.ts";
import type { NewTrailStep } from "../../../src/store/trail.ts";
import { until } from "../../support/trunkline.ts";

const AWAY = new Error("the database is away");

/** A database that can be away, and what it was told. */
function recording() {
  const observations = createObservations();
  const batches: NewTrailStep[][] = [];
  const counts: TrafficCount[] = [];
  const unforeseen: string[] = [];
  const state: { failure: Error | undefined } = { failure: undefined };
  const accept = <T>(into: T[], given: T[]): Promise<void> => {
    if (state.failure !== undefined) return Promise.reject(state.failure);
    into.push(...given);
    return Promise.resolve();
  };
  const numbers = createNumberHash({ hashKey: "a key" });
  const recorder = startTrailRecorder({
    observations,
    trail: { record: (steps) => accept(batches, [[...steps]]) },
    traffic: { add: (added) => accept(counts, [...added]) },
    numbers,
    isDatabaseAway: (error) => error === AWAY,
    onUnforeseen: ({ facts }) => unforeseen.push(String(facts.cause)),
  });
  const steps = () => batches.flat();
  return { observations, recorder, state, batches, steps, counts, unforeseen, numbers };
}

async function closed({ recorder }: { recorder: TrailRecorder }): Promise<void> {
  await recorder.close();
}

function lookUp(observations: Observations, more: Partial<NumberLookedUp> = {}): void {
  observations.report({
    what: "number looked up",
    at: Date.now(),
    userId: "ann",
    number: "+16505551212",
    outcome: "known",
    from: "CRM",
    contacts: [],
    reason: undefined,
    code: undefined,
    ...more,
  });
}

function ask(observations: Observations, operation: string, milliseconds: number, at = 1_200_000): void {
  const request = { platform: "demo", userId: "ann", method: "GET", path: "/x", outcome: 200 } as const;
  observations.report({ what: "CRM asked", at, operation, milliseconds, ...request });
}

await suite("the trail's recorder", { concurrency: true }, () => {
  test("a request only leaves word; a moment later all of it is written, in short batches", async () => {
    const recorded = recording();
    for (let at = 0; at < 60; at += 1) lookUp(recorded.observations, { number: `+1650555${1000 + at}` });
    assert.equal(recorded.batches.length, 0);
    await until(async () => (recorded.steps().length === 60 ? true : undefined));
    assert.deepEqual(
      recorded.batches.map(({ length }) => length),
      [25, 25, 10],
    );
    await closed(recorded);
  });

  test("what is left is written when the server stops", async () => {
    const recorded = recording();
    lookUp(recorded.observations);
    ask(recorded.observations, "GET /x", 3);
    await closed(recorded);
    lookUp(recorded.observations);
    assert.deepEqual([recorded.steps().length, recorded.counts.length], [1, 1]);
  });

  test("a database that is away is waited for, up to a bound; the newest is kept", async () => {
    const recorded = recording();
    recorded.state.failure = AWAY;
    for (let round = 0; round < 2; round += 1) {
      for (let at = 0; at < 15_000; at += 1)
        lookUp(recorded.observations, { at: round * 15_000 + at, number: String(at) });
      await new Promise((resolve) => setTimeout(resolve, 1_100));
    }
    recorded.state.failure = undefined;
    await closed(recorded);
    const kept = recorded.steps().map(({ at }) => at);
    assert.deepEqual([kept.length, kept[0], kept.at(-1)], [20_000, 10_000, 29_999]);
    assert.deepEqual(recorded.unforeseen, []);
  });

  test("what can never be written is told and given up, and does not stop what follows", async () => {
    const recorded = recording();
    recorded.state.failure = new Error("no such column");
    lookUp(recorded.observations);
    await until(async () => (recorded.unforeseen.length > 0 ? true : undefined));
    recorded.state.failure = undefined;
    lookUp(recorded.observations, { number: "+16505551213" });
    await closed(recorded);
    assert.deepEqual(recorded.unforeseen, ["Error: no such column"]);
    assert.equal(recorded.steps().length, 1);
  });

  test("what came of a log goes with its acceptance, where both were not written down yet", async () => {
    const recorded = recording();
    const { report } = recorded.observations;
    const one = { userId: "ann", entryId: "e1", kind: "call", sourceKey: "s1", contactId: "1", version: 1 } as const;
    const accepted: LogAccepted = { ...one, what: "log accepted", at: 1, number: "+16505551212" };
    const attempted: LogAttempted = {
      ...one,
      what: "log attempted",
      at: 2,
      aim: "create",
      attempt: 1,
      state: "written",
      logId: "a1",
      reason: undefined,
      code: undefined,
      milliseconds: 1,
    };
    report(accepted);
    report({ ...accepted, entryId: "e2" });
    report(attempted);
    report({ ...attempted, at: 3, attempt: 2 });
    report({ ...attempted, entryId: "e2", userId: "bob" });
    report({ ...attempted, entryId: "e3" });
    await until(async () => (recorded.steps().length > 0 ? true : undefined));
    report({ ...attempted, entryId: "e2", at: 4 });
    await closed(recorded);
    assert.deepEqual(
      recorded.steps().map(({ at, entryId, what, next }) => [entryId, what, at, next?.at]),
      [
        ["e1", "log accepted", 1, 2],
        ["e2", "log accepted", 1, undefined],
        ["e1", "log attempted", 3, undefined],
        ["e2", "log attempted", 2, undefined],
        ["e3", "log attempted", 2, undefined],
        ["e2", "log attempted", 4, undefined],
      ],
    );
  });

  test("what the index answers again and again is told once, until the answer is another", async () => {
    const recorded = recording();
    const luke = { id: "1", name: "Luke", phone: undefined };
    lookUp(recorded.observations, { contacts: [luke], at: 1 });
    for (const at of [2, 3]) lookUp(recorded.observations, { from: "index", contacts: [luke], at });
    lookUp(recorded.observations, { from: "index", contacts: [luke, { ...luke, id: "2" }], at: 4 });
    lookUp(recorded.observations, { from: "index", userId: "bob", contacts: [luke], at: 5 });
    lookUp(recorded.observations, { contacts: [luke], at: 6 });
    lookUp(recorded.observations, { from: "index", contacts: [luke], at: 6 + 10 * 60 * 1000 });
    await closed(recorded);
    assert.deepEqual(
      recorded.steps().map(({ at }) => at),
      [1, 4, 5, 6, 6 + 10 * 60 * 1000],
    );
  });

  test("a number is kept as a hash that another key does not make, and found in every spelling", async () => {
    const recorded = recording();
    lookUp(recorded.observations, { number: "+16505551212" });
    await closed(recorded);
    const [step] = recorded.steps();
    const hashes = (typed: string, country?: string) => recorded.numbers.ofAll(typed, country).map(({ hash }) => hash);
    assert.ok(step?.numberHash !== undefined && !step.numberHash.includes("650"));
    for (const typed of ["(650) 555-1212", "+1 650-555-1212", "16505551212"]) {
      assert.ok(hashes(typed).includes(step.numberHash), typed);
    }
    assert.ok(!hashes("(650) 555-1213").includes(step.numberHash));
    assert.notEqual(createNumberHash({ hashKey: "another key" }).of("+16505551212"), step.numberHash);
    assert.deepEqual(recorded.numbers.ofAll("a name", "US"), []);
  });

  test("requests are counted by span, operation, outcome and latency, with a bound on the operations", async () => {
    const recorded = recording();
    for (const ms of [3, 4, 12, 60_000]) ask(recorded.observations, "GET /contacts", ms);
    ask(recorded.observations, "GET /contacts", 3, 1_800_000);
    for (let at = 0; at < 60; at += 1) ask(recorded.observations, `GET /word-${at}`, 3);
    await closed(recorded);
    const counted = recorded.counts.map(({ span, operation, withinMs, requests }) => [
      span,
      operation,
      withinMs,
      requests,
    ]);
    assert.deepEqual(counted.slice(0, 4), [
      [1_200_000, "GET /contacts", 5, 2],
      [1_200_000, "GET /contacts", 20, 1],
      [1_200_000, "GET /contacts", 20_000, 1],
      [1_800_000, "GET /contacts", 5, 1],
    ]);
    assert.deepEqual(counted.at(-1), [1_200_000, "other", 5, 21]);
    assert.equal(counted.length, 4 + 39 + 1);
  });

  test("counts that could not be written count with the next ones", async () => {
    const recorded = recording();
    recorded.state.failure = AWAY;
    ask(recorded.observations, "GET /contacts", 3);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    recorded.state.failure = undefined;
    ask(recorded.observations, "GET /contacts", 3);
    await closed(recorded);
    assert.deepEqual(
      recorded.counts.map(({ requests }) => requests),
      [2],
    );
  });
});
