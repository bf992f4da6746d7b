/** What the Demo CRM refuses: an error that carries the HTTP status and a plain sentence for the caller. */

export class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, sentence: string) {
    super(sentence);
    this.name = "Refusal";
    this.statusCode = statusCode;
  }
}

export function badRequest(sentence: string): Refusal {
  return new Refusal(400, sentence);
}

/** The record itself, or a 404 that names what was asked for. */
export function found<T>(record: T | undefined, kind: string, id: string): T {
  if (record === undefined) throw new Refusal(404, `There is no ${kind} with the id ${id}.`);
  return record;
}
