/** `trunkline keys status` and `trunkline keys rotate`: the keys that encrypt credentials and content at rest. */

import { usageOf } from "./help/manual.ts";
import { rotateKeys } from "./keys/rotate.ts";
import { showKeys } from "./keys/status.ts";
import { KEYS } from "./manuals/operating.ts";
import { withStore } from "./operator-store.ts";
import { UsageError } from "./words.ts";

const USAGE = usageOf(KEYS);

export async function runKeysCommand(words: readonly string[]): Promise<void> {
  const [command, ...more] = words;
  if (more.length > 0) throw new UsageError(USAGE);
  if (command === "status") return withStore(showKeys);
  if (command === "rotate") return withStore(rotateKeys);
  throw new UsageError(USAGE);
}
