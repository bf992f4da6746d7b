/** The words that follow a command's name. */

/** They are not understood; `usage` shows how they must be. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(usage: string) {
    super(`These arguments are not understood.\n\nUsage: trunkline ${usage}`);
  }
}

/** Runs `parseArgs`; what it does not understand is answered with how the command is used. */
export function understood<Words>(usage: string, parse: () => Words): Words {
  try {
    return parse();
  } catch {
    throw new UsageError(usage);
  }
}

/** A command that stands alone. */
export function alone(name: string, run: () => Promise<void>): (words: readonly string[]) => Promise<void> {
  return async (words) => {
    if (words.length > 0) throw new UsageError(name);
    await run();
  };
}
