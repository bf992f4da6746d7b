/** Properties of an answer that its schema does not know: most documents leave objects open, so an invented one would pass. */

import { isJsonObject, type JsonObject } from "../../../src/store/json.ts";

/** The places of what is not described, such as "/records/0/colour". The schema's references are resolved already. */
export function strayProperties(schema: unknown, value: unknown, place = ""): string[] {
  const branches = branchesOf(schema);
  if (Array.isArray(value)) {
    const items = branches.map((branch) => branch["items"]).filter(isJsonObject);
    return value.flatMap((item, at) => strayProperties({ allOf: items }, item, `${place}/${at}`));
  }
  if (!isJsonObject(value) || branches.some(isOpen)) return [];
  const described = branches.map((branch) => branch["properties"]).filter(isJsonObject);
  if (described.length === 0) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const schemas = described.filter((properties) => Object.hasOwn(properties, name)).map((one) => one[name]);
    const here = `${place}/${name}`;
    return schemas.length === 0 ? [here] : strayProperties({ allOf: schemas }, member, here);
  });
}

/** A schema and all that it is put together of. */
function branchesOf(schema: unknown): JsonObject[] {
  if (!isJsonObject(schema)) return [];
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((name) => schema[name] ?? []);
  return [schema, ...parts.flatMap(branchesOf)];
}

function isOpen({ additionalProperties }: JsonObject): boolean {
  return additionalProperties === true || isJsonObject(additionalProperties);
}
