/** Three-way merges of one value: ours, the person's, and what is wanted now. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { mergeText } from "../../../src/core/log-body/merge-text.ts";
import { nastyText, plainWords } from "./arbitraries.ts";

const cases: [name: string, base: string, current: string, wanted: string, expected: string][] = [
  ["an untouched value is replaced", "old", "old", "new", "new"],
  ["white space that an editor rearranged is not a change", "a\nb  c", "a \n\n b c", "new", "new"],
  ["a value that is there already stays", "old", "new", "new", "new"],
  ["words added on the same line stay there", "Missed", "Missed (he was angry)", "Answered", "Answered (he was angry)"],
  ["words put before it on the same line stay there", "Missed", "Sadly Missed", "Answered", "Sadly Answered"],
  ["a longer word is not our word with an addition", "Call", "Callback", "Chat", "Chat\nCallback"],
  ["lines added below stay below", "old", "old\nmine", "new", "new\nmine"],
  ["lines added above stay above", "old", "mine\nold", "new", "mine\nnew"],
  ["a line put between ours is kept", "one\ntwo", "one\nmine\ntwo", "new", "new\nmine"],
  ["what both changed keeps both", "old", "theirs", "new", "new\ntheirs"],
  ["an extension takes the place of what it extends", "a", "a\nmine", "a\nb", "a\nb\nmine"],
  ["a shortened text loses the rest", "a\nb", "a\nb\nmine", "a", "a\nmine"],
  ["what a person wrote comes back from our own form once", "a", "a\nmine", "b\nmine", "b\nmine"],
  ["a value that a person emptied is written again when it changes", "old", "", "new", "new"],
  ["clearing takes our text", "old", "old", "", ""],
  ["clearing leaves a person's lines", "old", "mine\nold", "", "mine"],
  ["clearing leaves a person's words", "Missed", "Missed (he was angry)", "", "(he was angry)"],
  ["clearing leaves what a person wrote instead", "old", "theirs", "", "theirs"],
  ["without a base everything is a person's", "", "theirs", "new", "new\ntheirs"],
  ["patterns are text", "cost $&", "cost $& (mine)", "cost $1 $$", "cost $1 $$ (mine)"],
];
for (const [name, base, current, wanted, expected] of cases)
  test(name, () => {
    assert.equal(mergeText(base, current, wanted), expected);
    assert.equal(mergeText(base, expected, wanted), expected);
  });

for (const [name, text] of [
  ["few words", plainWords],
  ["nasty words", nastyText],
] as const) {
  test(`merging twice equals once: ${name}`, () => {
    fc.assert(
      fc.property(text, text, text, (base, current, wanted) => {
        const once = mergeText(base, current, wanted);
        assert.equal(mergeText(base, once, wanted), once);
      }),
    );
  });

  test(`a person's lines survive wherever they stand: ${name}`, () => {
    fc.assert(
      fc.property(text, text, fc.nat(5), (base, wanted, at) => {
        const current = base.split("\n").toSpliced(at, 0, "words of a person").join("\n");
        assert.ok(mergeText(base, current, wanted).split("\n").includes("words of a person"));
      }),
    );
  });
}
