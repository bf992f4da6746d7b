/** What was asked for cannot be done: why, in a sentence for the operator. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
