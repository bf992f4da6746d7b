/** `trunkline users list|disconnect`: who is connected to which CRM, and how to end that. */

import { parseArgs } from "node:util";
import { CONNECTOR_OPTIONS } from "./connector/with-loaded.ts";
import { usageOf } from "./help/manual.ts";
import { USERS } from "./manuals/operating.ts";
import { withAssembly } from "./operator-assembly.ts";
import { withStore } from "./operator-store.ts";
import { disconnectUser } from "./users/disconnect.ts";
import { listUsers } from "./users/list.ts";
import { limitFrom, understood, UsageError } from "./words.ts";

const USAGE = usageOf(USERS);
const LIMITS = { usual: 50, largest: 1_000 };

export async function runUsersCommand([command = "", ...words]: readonly string[]): Promise<void> {
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (run === undefined) throw new UsageError(USAGE);
  await run(words);
}

const COMMANDS: Readonly<Record<string, (words: string[]) => Promise<void>>> = {
  async list(words) {
    const { values } = understood(USAGE, () =>
      parseArgs({
        args: words,
        options: {
          platform: { type: "string" },
          limit: { type: "string" },
          after: { type: "string" },
          json: { type: "boolean" },
        },
      }),
    );
    const { platform, after } = values;
    const limit = limitFrom(values.limit, USAGE, LIMITS);
    await withStore((store) => listUsers(store, { platform, limit, after, asJson: values.json === true }));
  },

  async disconnect(words) {
    const { positionals, values } = understood(USAGE, () =>
      parseArgs({
        args: words,
        allowPositionals: true,
        options: {
          yes: { type: "boolean" },
          ...CONNECTOR_OPTIONS,
          json: { type: "boolean" },
        },
      }),
    );
    const [first, second, ...more] = positionals;
    if (first === undefined || more.length > 0) throw new UsageError(USAGE);
    const whom = second === undefined ? { typed: first } : { platform: first, typed: second };
    const options = { isConfirmed: values.yes === true, asJson: values.json === true };
    await withAssembly(values, (assembly) => disconnectUser(assembly, whom, options));
  },
};
