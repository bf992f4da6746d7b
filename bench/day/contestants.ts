/** Who has to get through the day, started with a clock that can be made to run faster. */

import type { PostgresDatabase } from "../contestants/databases.ts";
import type { Contestant } from "../contestants/contestant.ts";
import { startPeer } from "../contestants/peer.ts";
import { startTrunkline } from "../contestants/trunkline.ts";
import { ACCOUNTS_OF_THE_PEER } from "./companies.ts";

export const NAMES = ["peer", "SQLite", "PostgreSQL"] as const;
export type Name = (typeof NAMES)[number];

export interface DayContestant extends Contestant {
  database: string | PostgresDatabase;
  /** From now on its time passes as fast as the day's. */
  hurry(): void;
}

const CLOCK = new URL("../recovery/fast-clock.ts", import.meta.url).href;
const SPEED = new URL("./day-clock.ts", import.meta.url).href;

export async function startContestant(
  name: Name,
  { crmUrl, logins, speed }: { crmUrl: string; logins: number; speed: number },
): Promise<DayContestant> {
  const nodeWords = ["--import", CLOCK, "--import", `${SPEED}?speed=${speed}`];
  const contestant =
    name === "peer"
      ? await startPeer(crmUrl, logins, nodeWords)
      : await startTrunkline(name, { crmUrl, people: logins, nodeWords });
  if (name === "peer" && typeof contestant.database !== "string") await contestant.database.run(ACCOUNTS_OF_THE_PEER);
  return { ...contestant, hurry: () => void process.kill(contestant.processId, "SIGUSR2") };
}
