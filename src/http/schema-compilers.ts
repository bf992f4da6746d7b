/** Compiles the routes' schemas, each of them once, for all servers that share it: compiling is most of what a start costs. */

import Fastify, { type FastifySchemaCompiler, type FastifySerializerCompiler } from "fastify";
import { Type } from "typebox";

type Check = ReturnType<FastifySchemaCompiler<unknown>>;

export interface SchemaCompilers {
  validator: FastifySchemaCompiler<unknown>;
  serializer: FastifySerializerCompiler<unknown>;
}

/** Fastify makes its own compilers when a route first needs them: they are borrowed from an instance that serves nobody. */
export async function createSchemaCompilers(): Promise<SchemaCompilers> {
  const lender = Fastify({
    ajv: {
      customOptions: {
        // Nothing is coerced or removed: a wrong type is the sender's mistake, and unknown members are ignored where they are read.
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        strict: false,
        // TypeBox writes sound schemas, and V8 makes fast code of what Ajv leaves: both would only make the start longer.
        validateSchema: false,
        code: { optimize: false },
      },
    },
  });
  lender.get("/", { schema: { querystring: Type.Object({}), response: { 200: Type.String() } } }, () => "");
  await lender.ready();
  const { validatorCompiler, serializerCompiler } = lender;
  if (validatorCompiler === undefined || serializerCompiler === undefined) {
    throw new Error("Fastify has no compilers for schemas.");
  }
  return {
    validator: eachOnce((route) => checkingLater(() => validatorCompiler(route))),
    serializer: eachOnce((route) => writingLater(() => serializerCompiler(route))),
  };
}

/** Most routes are not asked for soon, and some never: each is compiled when it first is. */
function checkingLater(compile: () => Check): Check {
  let compiled: Check | undefined;
  const check: Check = (value) => {
    compiled ??= compile();
    const verdict = compiled(value);
    check.errors = compiled.errors ?? null;
    return verdict;
  };
  return check;
}

function writingLater(compile: () => (value: unknown) => string): (value: unknown) => string {
  let compiled: ((value: unknown) => string) | undefined;
  return (value) => {
    compiled ??= compile();
    return compiled(value);
  };
}

/** By its text: routes that are set up again say the same in other objects. */
function eachOnce<Route extends { schema: unknown }, Compiled>(compile: (route: Route) => Compiled) {
  const compiled = new Map<string, Compiled>();
  return (route: Route): Compiled => {
    const text = JSON.stringify(route.schema);
    const present = compiled.get(text) ?? compile(route);
    compiled.set(text, present);
    return present;
  };
}
