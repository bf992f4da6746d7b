/** Schemas whose checks are made when they are first needed: making all of them is a tenth of a start. */

import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { ParseError } from "typebox/value";

export interface CompiledSchema<Schema extends TSchema> {
  Check(value: unknown): value is Static<Schema>;
  /** Answers the value itself; throws where it does not fit. */
  Parse(value: unknown): Static<Schema>;
  /** What does not fit. */
  Errors(value: unknown): ReturnType<Validator["Errors"]>;
}

export function compiled<Schema extends TSchema>(schema: Schema): CompiledSchema<Schema> {
  let made: Validator | undefined;
  const present = () => (made ??= Compile(schema));
  const fits = (value: unknown): value is Static<Schema> => present().Check(value);
  return {
    Check: fits,
    Parse(value) {
      if (fits(value)) return value;
      throw new ParseError(value, present().Errors(value));
    },
    Errors: (value) => present().Errors(value),
  };
}
