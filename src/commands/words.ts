/** The words that follow a command's name. */

/** They are not understood; `usage` shows how they must be. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(usage: string, reason?: string) {
    const said = ["These arguments are not understood.", ...(reason === undefined ? [] : [reason])].join(" ");
    const [command = ""] = usage.split(" ", 1);
    super(`${said}\n\nUsage: trunkline ${usage}\n\nMore: trunkline help ${command}`);
  }
}

/** Runs `parseArgs`; what it does not understand is answered with how the command is used. */
export function understood<Words>(usage: string, parse: () => Words): Words {
  try {
    return parse();
  } catch (thrown) {
    // Its further sentences speak to whoever wrote the program.
    const [reason = ""] = thrown instanceof Error ? thrown.message.split(". ", 1) : [];
    throw new UsageError(usage, reason === "" ? undefined : `${reason.replace(/\.$/, "")}.`);
  }
}

/** A command that stands alone. */
export function alone(name: string, run: () => Promise<void>): (words: readonly string[]) => Promise<void> {
  return async (words) => {
    if (words.length > 0) throw new UsageError(name);
    await run();
  };
}

/** What `--limit` says; `usage` is shown where it is no number or too large. */
export function limitFrom(text: string | undefined, usage: string, { usual, largest }: Limits): number {
  if (text === undefined) return usual;
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > largest) throw new UsageError(usage, `--limit is a number from 1 to ${largest}.`);
  return limit;
}

interface Limits {
  usual: number;
  largest: number;
}
