/** Commits reach the disk together, and a disk that failed once is not believed again. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createSyncedLog } from "../../src/store/synced-log.ts";

test("everybody who waits while one sync is under way shares the next", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-log-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "log");
  writeFileSync(file, "x");
  const log = createSyncedLog(file);
  const first = log.synced();
  const others = [log.synced(), log.synced(), log.synced()];
  assert.equal(new Set(others).size, 1);
  assert.notEqual(others[0], first);
  await Promise.all([first, ...others]);
  await log.synced();
  await log.close();
});

test("a log that could not be synced is not trusted again, even if it could be by now", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "trunkline-log-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const log = createSyncedLog(join(folder, "missing"));
  await assert.rejects(log.synced(), /could not be brought to the disk/);
  writeFileSync(join(folder, "missing"), "x");
  await assert.rejects(log.synced(), /could not be brought to the disk/);
  await log.close();
});
