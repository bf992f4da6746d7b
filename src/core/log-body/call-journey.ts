/** A call's way through the company, leg by leg. */

import { counted } from "./duration.ts";

export interface LegParty {
  readonly name?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly extensionNumber?: string | undefined;
}

/** One leg as RingCentral's call log reports it. */
export interface Leg {
  readonly direction?: string | undefined;
  readonly legType?: string | undefined;
  readonly from?: LegParty | undefined;
  readonly to?: LegParty | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
}

/** One line per leg: where the call began, then every transfer and how long it lasted. */
export function callJourney(legs: readonly Leg[]): string {
  return legs.map((leg, index) => (index === 0 ? beginning(leg) : transfer(leg))).join("\n");
}

function beginning(leg: Leg): string {
  return leg.direction === "Outbound"
    ? ["Made call", named("from", leg.from)].join("")
    : ["Received call", named("at", leg.to)].join("");
}

function transfer(leg: Leg): string {
  // A leg that rings a colleague's device is outbound with the colleague as `from`, unless it came in from the public network.
  const colleague = leg.direction === "Outbound" && leg.legType !== "PstnToSip" ? leg.from : leg.to;
  const lasted = leg.duration === undefined ? "" : `, duration: ${counted(leg.duration, "second")}`;
  return `Transferred${named("to", colleague)}${lasted}`;
}

function named(preposition: string, party: LegParty | undefined): string {
  const extension = party?.extensionNumber ? `ext ${party.extensionNumber}` : undefined;
  const known = [party?.name, party?.phoneNumber, extension].filter(Boolean);
  return known.length > 0 ? ` ${preposition} ${known.join(", ")}` : "";
}
