/** `trunkline keys rotate`: seals everything with the first key. May run beside servers, be interrupted, and run again. */

import { setTimeout } from "node:timers/promises";
import type { Store } from "../../open-store.ts";
import type { KeyUse } from "../../store/key-rotation.ts";
import { createProgressBar } from "../connector/progress-bar.ts";

/** A value that somebody held is tried again: credentials stay held for as long as a CRM takes to renew them. */
const PASSES = 10;
const BETWEEN_PASSES_MS = 2_000;

export async function rotateKeys({ keyRotation }: Pick<Store, "keyRotation">): Promise<void> {
  const [first, ...older] = keyRotation.keyIds;
  const bar = createProgressBar(process.stderr, "values");
  let left = await keyRotation.uses();
  const total = valuesOf(left, older);
  let done = 0;
  for (let pass = 1; pass <= PASSES && valuesOf(left, older) > 0; pass += 1) {
    if (pass > 1) await setTimeout(BETWEEN_PASSES_MS);
    await keyRotation.sealAnew((sealed) => {
      done += sealed;
      bar.show(done, Math.max(done, total));
    });
    left = await keyRotation.uses();
  }
  bar.clear();
  const openable = valuesOf(left, older);
  if (openable === 0) await keyRotation.retireOlderKeys();
  const unknown = left.filter(({ keyId }) => keyId !== first && !older.includes(keyId));
  process.stdout.write(
    `${[`Sealed ${counted(done)} with ${first}.`, verdict(openable), lost(unknown)].join("\n").trim()}\n`,
  );
  if (openable > 0 || unknown.length > 0) process.exitCode = 1;
}

function verdict(openable: number): string {
  if (openable === 0) return "0 values need an older key: only the first of TRUNKLINE_ENCRYPTION_KEYS has to stay.";
  return `${counted(openable)} need an older key: a server still seals with it. Give every process the same TRUNKLINE_ENCRYPTION_KEYS, and run this again.`;
}

function lost(unknown: readonly KeyUse[]): string {
  if (unknown.length === 0) return "";
  const ids = [...new Set(unknown.map(({ keyId }) => keyId))];
  const values = valuesOf(unknown, ids);
  return `${counted(values)} cannot be opened: the key ${ids.join(", ")} is not among TRUNKLINE_ENCRYPTION_KEYS. They were left as they are.`;
}

function valuesOf(uses: readonly KeyUse[], keyIds: readonly string[]): number {
  return uses.reduce((sum, { keyId, values }) => sum + (keyIds.includes(keyId) ? values : 0), 0);
}

function counted(values: number): string {
  return values === 1 ? "1 value" : `${values} values`;
}
