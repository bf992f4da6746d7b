/** docs/decisions: numbered, short, alike, and with a reason for every package that is installed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import packageFile from "../../package.json" with { type: "json" };
import { markdownFiles, readText } from "./text-files.ts";

const DECISIONS = markdownFiles().filter(({ path }) => /^docs\/decisions\/\d/.test(path));
const LONGEST = 30;

test("every package is named with its reason in a decision", () => {
  const reasons = DECISIONS.map(({ text }) => text).join("\n");
  const packages = Object.keys({ ...packageFile.dependencies, ...packageFile.devDependencies });
  assert.deepEqual(
    packages.filter((name) => !reasons.includes(`\`${name}\``)),
    [],
  );
});

test("decisions are numbered without a gap, and their titles carry the number", () => {
  const sorted = DECISIONS.toSorted((one, other) => one.path.localeCompare(other.path));
  sorted.forEach(({ path, text }, at) => {
    const number = String(at + 1).padStart(4, "0");
    assert.match(path, new RegExp(`^docs/decisions/${number}-[a-z0-9-]+\\.md$`));
    assert.match(text, new RegExp(`^# ${number}: \\S`));
  });
});

test("the list of decisions names each of them", () => {
  const list = readText("docs/decisions/README.md");
  const missing = DECISIONS.filter(({ path }) => !list.includes(`(${path.replace("docs/decisions/", "")})`));
  assert.deepEqual(missing, []);
});

for (const { path, text } of DECISIONS) {
  test(`${path} is short and says context, decision and consequences`, () => {
    assert.deepEqual(
      [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
      ["Context", "Decision", "Consequences"],
    );
    assert.ok(text.trimEnd().split("\n").length <= LONGEST);
  });
}
