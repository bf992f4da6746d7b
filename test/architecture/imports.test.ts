/** Imports point one way: nobody reaches into a room that their own must not know. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { DOORS, roomOf, targetOf } from "./rooms.ts";
import { importsOf, type Source, sourcesIn } from "./sources.ts";

const SOURCES = sourcesIn("src");

/** Packages that one place keeps to itself, so that it can be exchanged there. */
const KEPT_TO: Readonly<Record<string, RegExp>> = {
  "@fastify/cookie": /^src\/web\//,
  "@fastify/cors": /^src\/http\/app\.ts$/,
  "@fastify/formbody": /^src\/demo-crm\//,
  "@fastify/send": /^src\/web\/pages\.ts$/,
  "@fastify/swagger": /^src\/http\/documentation\.ts$/,
  "@fastify/swagger-ui": /^src\/http\/documentation\.ts$/,
  "@fastify/type-provider-typebox": /^src\/(http|demo-crm)\/app\.ts$/,
  "fast-jwt": /^src\/(core\/session-tokens|server-logging\/logins)\.ts$/,
  fastify: /^src\/(http|demo-crm|web)\//,
  kysely: /^src\/store\//,
  "libphonenumber-js": /^src\/core\/phone/,
  "node:sqlite": /^src\/(store\/sqlite-connection\.ts$|commands\/import\/|demo-crm\/)/,
  oauth4webapi: /^src\/sdk\/oauth\.ts$/,
  "prom-client": /^src\/metrics\//,
  pino: /^src\/logger\.ts$/,
  undici: /^src\/(sdk\/|assembly\.ts$|ringcentral\/|plugins\/)/,
};

for (const source of SOURCES) {
  test(`${source.path} imports only what its room may know`, () => assert.deepEqual(forbidden(source), []));
}

test("every package is used only in the place that keeps it", () => {
  const strays = SOURCES.flatMap(({ path, code }) =>
    importsOf(code)
      .filter(({ typeOnly, specifier }) => !typeOnly && KEPT_TO[packageOf(specifier)]?.test(path) === false)
      .map(({ specifier }) => `${path} -> ${specifier}`),
  );
  assert.deepEqual(strays, []);
});

/** What the package offers to others. */
const PUBLIC_DOORS = ["src/index.ts", "src/sdk/index.ts", "src/testing/index.ts"];

test("no file but the public doors hands on another one's exports", () => {
  const inner = SOURCES.filter(({ path }) => !PUBLIC_DOORS.includes(path));
  const barrels = inner.filter(({ code }) => /^export\s+(?:type\s+)?[{*][^;]*?\bfrom\s*["']/m.test(code));
  assert.deepEqual(
    barrels.map(({ path }) => path),
    [],
  );
});

test("files do not import each other in a circle", () => {
  const arrows = new Map(SOURCES.map((source) => [source.path, runtimeTargets(source)]));
  const settled = new Set<string>();
  function circleFrom(path: string, way: readonly string[]): string[] | undefined {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (settled.has(path)) return undefined;
    for (const target of arrows.get(path) ?? []) {
      const circle = circleFrom(target, [...way, path]);
      if (circle !== undefined) return circle;
    }
    settled.add(path);
    return undefined;
  }
  for (const { path } of SOURCES) assert.equal(circleFrom(path, [])?.join(" -> "), undefined);
});

test("imports are found however they are written", () => {
  const code = [
    `import one, { type Two } from "./one.ts";`,
    `import {\n  type Three,\n  type Four,\n} from "./three.ts";`,
    `import type { Five } from "./five.ts";`,
    `import * as six from "./six.ts";`,
    `export { seven } from "./seven.ts";`,
    `import "./eight.ts";`,
    `const nine = await import("./nine.ts");`,
  ].join("\n");
  assert.deepEqual(
    importsOf(code).map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? " (type)" : ""}`),
    ["./one.ts", "./three.ts (type)", "./five.ts (type)", "./six.ts", "./seven.ts", "./eight.ts", "./nine.ts"],
  );
});

function forbidden({ path, code }: Source): string[] {
  const room = roomOf(path);
  if (room === undefined) return [`${path} lies in no room that test/architecture/rooms.ts knows`];
  const { uses, namesTypesOf = [] } = DOORS[room];
  return importsOf(code).flatMap(({ specifier, typeOnly }) => {
    const target = targetOf(path, specifier);
    if (target === undefined || !target.startsWith("src/")) return [];
    const other = roomOf(target);
    if (other === undefined) return [`${path} -> ${target}`];
    const allowed = other === room || uses.includes(other) || (typeOnly && namesTypesOf.includes(other));
    return allowed ? [] : [`${path} -> ${target}`];
  });
}

function runtimeTargets({ path, code }: Source): string[] {
  return importsOf(code)
    .filter(({ typeOnly }) => !typeOnly)
    .map(({ specifier }) => targetOf(path, specifier))
    .filter((target) => target !== undefined);
}

/** "@fastify/cors" of "@fastify/cors", "kysely" of "kysely/migration". */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
