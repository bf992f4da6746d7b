/** What the ledger promises, as checks on a world: none lost, none twice, nothing of a person's destroyed. */

import assert from "node:assert/strict";
import { readWrittenCall } from "../../src/core/calls/call-content.ts";
import { createCallWriter } from "../../src/core/calls/call-writer.ts";
import { composeCallBody } from "../../src/core/log-body/call-body.ts";
import type { LogEntry } from "../../src/store/log-entries.ts";
import type { CrmRecord } from "./model-crm.ts";
import { NOTHING_FILLED_IN, reachOf } from "./process.ts";
import { contentOf, type World } from "./world.ts";

/** What was accepted of one session, as the person knows it. */
export interface Told {
  sessionId: string;
  version: number;
  subject: string;
  /** A person deleted the record after we knew of it: it must stay away. */
  isDeleted: boolean;
  /** Records that a person deleted before we knew whether they were written: one more may be written. */
  deletedUnseen: number;
}

/** Holds at every moment at which nothing moves. */
export async function assertPromises(world: World, told: readonly Told[]): Promise<void> {
  assert.deepEqual(world.unforeseen, []);
  if (!world.hasDied && !world.wasFrozen) assert.deepEqual(world.crm.impatience, []);
  for (const session of told) {
    const entry = await world.entry(session.sessionId);
    assert.ok(entry, "an accepted call is lost");
    assert.equal(entry.wantedVersion, session.version, "an accepted version is lost");
    assert.equal(contentOf(entry).subject, session.subject, "accepted content is lost");
    const record = world.record(entry);
    assertOne(world, session, entry);
    if (entry.state === "written") assertSays(world, entry, record);
    if (record !== undefined) assertWordsStand(record);
  }
  const markers = new Set(world.crm.records.map(({ marker }) => marker));
  assert.ok(markers.size <= told.length, "the CRM holds records that nobody accepted");
}

/** Holds once the CRM is well and time has passed. */
export async function assertAllDone(world: World, told: readonly Told[]): Promise<void> {
  await assertPromises(world, told);
  for (const session of told) {
    const entry = await world.entry(session.sessionId);
    assert.ok(entry);
    const record = world.record(entry);
    const why = `${entry.state}: ${entry.lastError}`;
    switch (entry.state) {
      case "written":
        break;
      case "refused":
        assert.ok(record?.isDeleted === true || world.crm.rejected.has(`trunkline:${entry.id}`), why);
        assert.ok(entry.lastError, "refused without a reason");
        break;
      case "uncertain":
        assert.ok(!world.canLook || world.crm.rejected.has(`trunkline:${entry.id}`), why);
        assert.ok(entry.lastError, "uncertain without a reason");
        break;
      case "pending":
      case "sending":
        assert.fail(`still ${why}`);
    }
  }
}

function assertOne(world: World, { deletedUnseen }: Told, entry: LogEntry): void {
  const ofEntry = world.crm.records.filter(({ marker }) => marker === `trunkline:${entry.id}`);
  assert.ok(ofEntry.filter(({ isDeleted }) => !isDeleted).length <= 1, "two records of one entry");
  assert.ok(ofEntry.length <= 1 + deletedUnseen, "a record was written twice, or rose from the dead");
  if (entry.logId !== undefined)
    assert.ok(
      ofEntry.some(({ logId }) => logId === entry.logId),
      "another entry's record",
    );
}

/** What counts as written stands there, to the letter where nobody else touched it. */
function assertSays(world: World, entry: LogEntry, record: CrmRecord | undefined): void {
  assert.equal(entry.writtenVersion, entry.wantedVersion, "written, but not the newest version");
  assert.ok(record, "written, but not in the CRM");
  if (record.isDeleted) return;
  const wanted = contentOf(entry);
  assert.equal(record.subject, wanted.subject);
  assert.ok(record.body.includes(wanted.facts.note ?? ""), `the note is not in:\n${record.body}`);
  assert.ok(record.body.includes(wanted.facts.result ?? ""), `the result is not in:\n${record.body}`);
  if (record.words.length > 0) return;
  const reach = reachOf(world, { step: () => Promise.resolve(), wakeUp: () => Promise.resolve(), isAway: () => false });
  const content = createCallWriter(NOTHING_FILLED_IN).asWritten(reach, { ...entry, wanted: { ...wanted } });
  assert.equal(record.body, composeCallBody(readWrittenCall(content)?.parts ?? {}, world.logFormat));
}

function assertWordsStand({ body, words }: CrmRecord): void {
  for (const word of words) assert.ok(body.includes(word), `a person's "${word}" is gone from:\n${body}`);
}
