/** `trunkline keys status`: how many values each key has sealed. Keys are shown by their ids, which say nothing about them. */

import type { Store } from "../../open-store.ts";
import type { KeyUse, SealedKind } from "../../store/key-rotation.ts";

const KINDS: readonly SealedKind[] = ["credentials", "logs", "contacts", "trail", "notes", "settings", "plugins"];

export async function showKeys({ keyRotation }: Pick<Store, "keyRotation">): Promise<void> {
  const uses = await keyRotation.uses();
  const ids = [...new Set([...keyRotation.keyIds, ...uses.map(({ keyId }) => keyId)])];
  const rows = ids.map((id) => [
    id,
    ...KINDS.map((kind) => String(valuesOf(uses, id, kind))),
    roleOf(keyRotation.keyIds.indexOf(id)),
  ]);
  process.stdout.write(table([["KEY", ...KINDS.map((kind) => kind.toUpperCase()), "ROLE"], ...rows]));
}

function valuesOf(uses: readonly KeyUse[], id: string, kind: SealedKind): number {
  const fitting = uses.filter(({ holds, keyId }) => keyId === id && holds === kind);
  return fitting.reduce((sum, { values }) => sum + values, 0);
}

function roleOf(position: number): string {
  if (position === 0) return "the first key: seals and opens";
  return position > 0 ? "an older key: opens" : "not configured: nobody can open these";
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
