/** `trunkline entries list|show|retry|drop`: what is owed to the CRMs, and what to do with what cannot be written by itself. */

import { parseArgs } from "node:util";
import { dropEntry, retryAll, retryEntry } from "./entries/change.ts";
import { type ListOptions, listEntries } from "./entries/list.ts";
import { showEntry } from "./entries/show.ts";
import { usageOf } from "./help/manual.ts";
import { ENTRIES } from "./manuals/operating.ts";
import { withStore } from "./operator-store.ts";
import { limitFrom, understood, UsageError } from "./words.ts";

const USAGE = usageOf(ENTRIES);

const LIMITS = { usual: 50, largest: 1_000 };

export async function runEntriesCommand([command = "", ...words]: readonly string[]): Promise<void> {
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
          state: { type: "string", multiple: true },
          limit: { type: "string" },
          after: { type: "string" },
          json: { type: "boolean" },
        },
      }),
    );
    const options: ListOptions = {
      states: values.state,
      limit: limitFrom(values.limit, USAGE, LIMITS),
      after: values.after,
      asJson: values.json === true,
    };
    await withStore((store) => listEntries(store, options));
  },

  async show(words) {
    const { positionals, values } = understood(USAGE, () =>
      parseArgs({
        args: words,
        allowPositionals: true,
        options: { content: { type: "boolean" }, json: { type: "boolean" } },
      }),
    );
    const id = only(positionals);
    const options = { withContent: values.content === true, asJson: values.json === true };
    await withStore((store) => showEntry(store, id, options));
  },

  async retry(words) {
    const { positionals, values } = understood(USAGE, () =>
      parseArgs({
        args: words,
        allowPositionals: true,
        options: {
          create: { type: "boolean" },
          written: { type: "string" },
          "all-refused": { type: "boolean" },
          "all-pending": { type: "boolean" },
        },
      }),
    );
    const { create, written, "all-refused": refused, "all-pending": pending } = values;
    if ([positionals.length > 0, refused, pending].filter(Boolean).length !== 1) throw new UsageError(USAGE);
    if ([create, written !== undefined, refused, pending].filter(Boolean).length > 1) throw new UsageError(USAGE);
    if (refused || pending) return withStore((store) => retryAll(store, refused ? "refused" : "pending"));
    const id = only(positionals);
    if (written?.trim() === "") throw new UsageError(USAGE);
    const finding = written === undefined ? undefined : { logId: written.trim() };
    await withStore((store) => retryEntry(store, id, create ? "no record" : finding));
  },

  async drop(words) {
    const { positionals, values } = understood(USAGE, () =>
      parseArgs({ args: words, allowPositionals: true, options: { yes: { type: "boolean" } } }),
    );
    const id = only(positionals);
    await withStore((store) => dropEntry(store, id, { isConfirmed: values.yes === true }));
  },
};

function only([id, ...more]: readonly string[]): string {
  if (id === undefined || more.length > 0) throw new UsageError(USAGE);
  return id;
}
