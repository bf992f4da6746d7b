/** How a scenario says what it found wrong: in one sentence that a connector's author can act on. */

/** A scenario's verdict against the connector. */
export class Disappointment extends Error {
  override readonly name = "Disappointment";
}

/** The scenario needs something that the connector, or the fake of its CRM, does not have. */
export class NotOffered extends Error {
  override readonly name = "NotOffered";
}

export function expect(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Disappointment(sentence);
}

/** Compared as JSON. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  expect(found === wanted, `${what} is ${shortened(found)}, expected ${shortened(wanted)}.`);
}

export function expectHas(text: string, words: string, where: string): void {
  expect(text.includes(words), `${where} lacks "${words}": ${shortened(JSON.stringify(text))}`);
}

/** Longer than any wait that the suite provokes: a lost answer is held for ten seconds, then tried again with growing pauses. */
const PATIENCE_MS = 45_000;
const LOOK_EVERY_MS = 50;

/** Waits until `read` answers something. */
export async function until<T>(what: string, read: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    expect(performance.now() < deadline, `It took too long until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function shortened(text: string | undefined): string {
  const whole = text ?? "nothing";
  return whole.length > 300 ? `${whole.slice(0, 300)}…` : whole;
}
