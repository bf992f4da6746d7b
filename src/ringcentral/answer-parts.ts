/** Parts that many of RingCentral's answers have in common: ids, moments, the two sides of a call or message, pages. */

import { type Static, Type } from "typebox";
import { TrunklineError } from "../sdk/errors.ts";

export const Text = Type.Optional(Type.String());

/** Some ids are numbers, some text, and not always the same in an event and in a record. Ours are text. */
export const Id = Type.Union([Type.String({ minLength: 1 }), Type.Integer()]);

/** ISO 8601. */
export const Moment = Type.Refine(Type.String(), (text) => !Number.isNaN(Date.parse(text)));

export const PartyAnswer = Type.Object({
  phoneNumber: Text,
  extensionNumber: Text,
  extensionId: Type.Optional(Id),
  name: Text,
  location: Text,
});

/** One side of a call or a message. */
export interface Party {
  /** As RingCentral has it: usually E.164, at times formatted. */
  phoneNumber: string | undefined;
  extensionNumber: string | undefined;
  extensionId: string | undefined;
  name: string | undefined;
  location: string | undefined;
}

export function partyOf(answer: Static<typeof PartyAnswer> | undefined): Party {
  return {
    phoneNumber: answer?.phoneNumber,
    extensionNumber: answer?.extensionNumber,
    extensionId: textOf(answer?.extensionId),
    name: answer?.name,
    location: answer?.location,
  };
}

/** RingCentral's link to the next page is only looked for, not followed. */
export const Navigation = Type.Optional(Type.Object({ nextPage: Type.Optional(Type.Object({ uri: Text })) }));

/** The highest page number ("EnumeratedPagingModel" of the API document, copy of 2026-08-13). */
const LAST_PAGE = 1_000;

/** Asks for one page after the other, as far as they are wanted. */
export async function* eachRecord<Kept>(
  ask: (page: number) => Promise<{ records: readonly Kept[]; hasNext: boolean }>,
): AsyncGenerator<Kept, void> {
  for (let page = 1; ; page++) {
    const { records, hasNext } = await ask(page);
    yield* records;
    if (!hasNext) return;
    if (page === LAST_PAGE) {
      throw new TrunklineError("ringcentral-rejected", "RingCentral has more records than it hands out in pages.");
    }
  }
}

export function textOf(id: Static<typeof Id>): string;
export function textOf(id: Static<typeof Id> | undefined): string | undefined;
export function textOf(id: Static<typeof Id> | undefined): string | undefined {
  return id === undefined ? undefined : String(id);
}

export function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
