/** Reads our own sources as text: their code without comments, and what each of them imports. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface Source {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
  /** The text without comments; strings stay. */
  code: string;
}

export interface Import {
  specifier: string;
  /** Nothing of it is left when the program runs. */
  typeOnly: boolean;
}

/** Every TypeScript file in a folder of the project. */
export function sourcesIn(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .map((path) => {
      const whole = join(ROOT, folder, path);
      const text = readFileSync(whole, "utf8");
      return { path: relative(ROOT, whole).replaceAll("\\", "/"), text, code: withoutComments(text) };
    });
}

/** Statements, dynamic imports and re-exports, in one line or many. */
export function importsOf(code: string): Import[] {
  const statements = [...code.matchAll(STATEMENT)].map(([, type, clause = "", specifier = ""]) => ({
    specifier,
    typeOnly: type !== undefined || everyNameIsAType(clause),
  }));
  const others = [...code.matchAll(WITHOUT_NAMES)].map(([, statement, call]) => ({
    specifier: statement ?? call ?? "",
    typeOnly: false,
  }));
  return [...statements, ...others];
}

const NAMES = String.raw`(?:\*(?:\s+as\s+[\w$]+)?|[\w$]+|\{[^}]*\})`;
const STATEMENT = new RegExp(
  String.raw`^(?:import|export)\s+(type\s+)?(${NAMES}(?:\s*,\s*${NAMES})?)\s*from\s*["']([^"']+)["']`,
  "gm",
);
const WITHOUT_NAMES = /^import\s*["']([^"']+)["']|\bimport\s*\(\s*["'`]([^"'`]+)["'`]/gm;

function everyNameIsAType(clause: string): boolean {
  if (!clause.startsWith("{")) return false;
  const names = clause
    .slice(1, -1)
    .split(",")
    .map((name) => name.trim());
  return names.filter((name) => name !== "").every((name) => name.startsWith("type "));
}

/** Strings come first in the pattern, so that what looks like a comment inside one is left alone. */
function withoutComments(text: string): string {
  return text.replaceAll(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[^]*?\*\/|(?<!\\)\/\/[^\n]*/g,
    (_, string: string | undefined) => string ?? "",
  );
}
