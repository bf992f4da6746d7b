/** The house rules of CONTRIBUTING.md that a machine can read off the sources. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Source, sourcesIn } from "./sources.ts";

const SOURCES = sourcesIn("src");
const LONGEST_FILE = 400;

const NEVER_IN_CODE: readonly [rule: string, pattern: RegExp][] = [
  ["nothing is typed any", /(?:\bas|:|<|\||&|=>)\s*any\b(?!\s*[(.:])/],
  ["nothing is cast by way of unknown", /\bas\s+unknown\s+as\b/],
  ["nothing is written to the console", /\bconsole\s*\./],
  ["modules hold no variables", /^(?:export\s+)?(?:let|var)\s/m],
  [
    "modules hold no collections that fill up",
    /^(?:export\s+)?const\s+\w+[^=\n]*=\s*new\s+(?:Weak)?(?:Map|Set)\b[^(\n]*\(\s*\)/m,
  ],
  ["nothing is a default export", /^export\s+default\b/m],
  ["nothing is a non-null assertion", /[\w)\]]!(?:\.|\[|\)|,|;)/],
];

for (const [rule, pattern] of NEVER_IN_CODE) {
  test(`in src, ${rule}`, () => assert.deepEqual(pathsOf(SOURCES.filter(({ code }) => pattern.test(code))), []));
}

test("each rule sees what it forbids", () => {
  const offences = [
    "const one: any = 1;",
    "one as unknown as string;",
    "console.log(one);",
    "let count = 0;",
    "const seen: Map<string, number> = new Map();",
    "export default one;",
    "one!.length;",
  ];
  assert.deepEqual(
    offences.map((offence, at) => NEVER_IN_CODE[at]?.[1].test(offence)),
    offences.map(() => true),
  );
});

test("in src, no complaint of the compiler or the linter is silenced", () => {
  const silencing = /@ts-(?:ignore|expect-error|nocheck)|(?:oxlint|eslint)-disable/;
  assert.deepEqual(pathsOf(SOURCES.filter(({ text }) => silencing.test(text))), []);
});

test("every file of src begins with a sentence that says what it is for", () => {
  const silent = SOURCES.filter(({ text }) => !/^(?:#!.*\n)?\/\*\*\s*(?:\*\s*)?[A-Z`/"]\S*\s+\S/.test(text));
  assert.deepEqual(pathsOf(silent), []);
});

test(`no file of src is longer than ${LONGEST_FILE} lines`, () => {
  assert.deepEqual(pathsOf(SOURCES.filter(({ text }) => text.trimEnd().split("\n").length > LONGEST_FILE)), []);
});

test("files are named after what they are about", () => {
  const vague = /(?:^|[-/])(?:managers?|helpers?|utils?|data|misc|common)(?:[-./]|$)/i;
  assert.deepEqual(pathsOf([...SOURCES, ...sourcesIn("test")].filter(({ path }) => vague.test(path))), []);
});

test("the environment is read by the command line alone", () => {
  const readers = SOURCES.filter(({ code }) => /\bprocess\s*\.\s*env\b/.test(code));
  assert.deepEqual(pathsOf(readers.filter(({ path }) => !path.startsWith("src/commands/"))), []);
});

function pathsOf(sources: readonly Source[]): string[] {
  return sources.map(({ path }) => path);
}
