/** The extensions of an account, remembered for the reports of a few minutes. */

import type { Extension } from "../ringcentral/extensions.ts";
import type { RingCentralSession } from "../ringcentral/ringcentral.ts";

const KEPT_MS = 5 * 60 * 1000;
const DIRECTORIES_KEPT = 100;

/** `reader` tells apart who asks: nobody is shown what another was allowed to see. */
export type Directory = (reader: string, session: RingCentralSession) => Promise<readonly Extension[]>;

export function createDirectory(): Directory {
  const known = new Map<string, { until: number; extensions: Promise<readonly Extension[]> }>();

  return (reader, session) => {
    const present = known.get(reader);
    if (present !== undefined && present.until > Date.now()) return present.extensions;
    const extensions = allOf(session.extensions()).catch((thrown: unknown) => {
      known.delete(reader);
      throw thrown;
    });
    known.delete(reader);
    known.set(reader, { until: Date.now() + KEPT_MS, extensions });
    const [oldest] = known.keys();
    if (known.size > DIRECTORIES_KEPT && oldest !== undefined) known.delete(oldest);
    return extensions;
  };
}

async function allOf<Kept>(records: AsyncIterable<Kept>): Promise<Kept[]> {
  const all: Kept[] = [];
  for await (const record of records) all.push(record);
  return all;
}
