/** `trunkline connector new` and `trunkline connector check`: for whoever writes a connector. */

import { parseArgs } from "node:util";
import { writeConnector } from "./connector/new.ts";
import { usageOf } from "./help/manual.ts";
import { CONNECTOR } from "./manuals/looking.ts";
import { understood, UsageError } from "./words.ts";

const USAGE = usageOf(CONNECTOR);

export async function runConnectorCommand(words: readonly string[]): Promise<void> {
  const { positionals, values } = understood(USAGE, () =>
    parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { json: { type: "boolean" }, "app-connect-connector": { type: "string" } },
    }),
  );
  const [command, target, ...more] = positionals;
  const theirs = values["app-connect-connector"];
  if (theirs !== undefined) {
    if (command !== "check" || target !== undefined) throw new UsageError(USAGE);
    return (await checks()).checkFromAppConnect(theirs, { asJson: values.json === true });
  }
  if (target === undefined || more.length > 0) throw new UsageError(USAGE);
  if (command === "check") return (await checks()).checkConnectorAt(target, { asJson: values.json === true });
  if (command === "new" && values.json === undefined) return writeConnector(target);
  throw new UsageError(USAGE);
}

/** With a whole server and all scenarios: not for a word that is not understood, or a connector that is only written. */
const checks = () => import("./connector/check.ts");
