/** `trunkline connector new` and `trunkline connector check`: for whoever writes a connector. */

import { parseArgs } from "node:util";
import { checkConnectorAt } from "./connector/check.ts";
import { writeConnector } from "./connector/new.ts";
import { understood, UsageError } from "./words.ts";

const USAGE = "connector new <name>, or trunkline connector check <path> [--json]";

export async function runConnectorCommand(words: readonly string[]): Promise<void> {
  const { positionals, values } = understood(USAGE, () =>
    parseArgs({ args: [...words], allowPositionals: true, options: { json: { type: "boolean" } } }),
  );
  const [command, target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new UsageError(USAGE);
  if (command === "check") return checkConnectorAt(target, { asJson: values.json === true });
  if (command === "new" && values.json === undefined) return writeConnector(target);
  throw new UsageError(USAGE);
}
