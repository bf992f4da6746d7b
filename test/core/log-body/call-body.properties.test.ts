/** What holds for the body of every call log, whatever people write. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { composeCallBody, mergeCallBody, readCallBody } from "../../../src/core/log-body/call-body.ts";
import type { CallParts } from "../../../src/core/log-body/call-parts.ts";
import type { LogFormat } from "../../../src/sdk/connector.ts";
import { FORMATS, NASTY_LINES, nastyText, normalised, partsOf, plainWords } from "./arbitraries.ts";

for (const format of FORMATS)
  describe(format, () => {
    const nasty = partsOf(nastyText, format);
    const words = partsOf(plainWords, format);

    test("what was composed is read back exactly", () => {
      fc.assert(
        fc.property(nasty, (parts) => assert.deepEqual(readCallBody(composeCallBody(parts, format), format), parts)),
      );
    });

    test("line ends of the other kind change nothing that is read", () => {
      const crlf = (parts: CallParts) => composeCallBody(parts, format).replaceAll("\n", "\r\n");
      fc.assert(fc.property(nasty, (parts) => assert.deepEqual(readCallBody(crlf(parts), format), parts)));
    });

    test("an untouched body becomes what would be composed now", () => {
      const change = fc.tuple(nasty, nasty);
      fc.assert(
        fc.property(change, ([written, next]) => {
          const wanted = sameDirection(written, next);
          const merged = mergeCallBody(composeCallBody(written, format), { written, wanted }, format);
          assert.deepEqual(readCallBody(merged, format), wanted);
          assert.equal(merged, composeCallBody(wanted, format));
        }),
      );
    });

    for (const [name, parts] of [
      ["nasty", nasty],
      ["few", words],
    ] as const)
      test(`merging twice equals once, whatever stands there: ${name} words`, () => {
        const changes = fc.tuple(parts, fc.option(parts, { nil: undefined }), parts, mangling(format));
        fc.assert(
          fc.property(changes, ([other, written, wanted, { isOurs, cuts }]) => {
            const body = mangled(composeCallBody(isOurs ? (written ?? other) : other, format), cuts, format);
            const once = mergeCallBody(body, { written, wanted }, format);
            assert.equal(mergeCallBody(once, { written, wanted }, format), once);
          }),
        );
      });

    test("what a person put anywhere survives", () => {
      fc.assert(
        fc.property(nasty, nasty, freeTexts(), (written, wanted, free) => {
          const body = withFreeText(composeCallBody(written, format), free, format);
          const merged = mergeCallBody(body, { written, wanted }, format);
          for (const { text } of free)
            assert.ok(merged.includes(text), `${text} is gone from ${JSON.stringify(merged)}`);
        }),
      );
    });

    test("merging nothing new changes no byte", () => {
      fc.assert(
        fc.property(nasty, nastyText, (parts, body) => {
          assert.equal(mergeCallBody(body, { written: parts, wanted: parts }, format), body);
        }),
      );
    });
  });

/** The label of a number that stands already stays, as a call does not change its direction. */
function sameDirection(written: CallParts, wanted: CallParts): CallParts {
  const number = written.contactNumber !== undefined && wanted.contactNumber !== undefined;
  return number ? normalised(wanted, written.direction) : wanted;
}

interface Cut {
  at: number;
  drop: number;
  add: string;
}

/** A person's own lines, which nobody else writes. */
function freeTexts(): fc.Arbitrary<FreeText[]> {
  const text = fc.nat(99).map((number) => `my own words ${number}`);
  return fc.uniqueArray(fc.record({ at: fc.nat(60), text }), { maxLength: 4, selector: (free) => free.text });
}

interface FreeText {
  at: number;
  text: string;
}

/** Whole lines or elements taken out and others put in, also such as look like ours. */
function mangling(format: LogFormat): fc.Arbitrary<{ isOurs: boolean; cuts: Cut[] }> {
  const isWhole = (line: string) => format !== "text/html" || !/<(?!br>|b>[A-Z])/.test(line);
  const add = fc.constantFrom("", ...NASTY_LINES.filter(isWhole));
  return fc.record({
    isOurs: fc.boolean(),
    cuts: fc.array(fc.record({ at: fc.nat(80), drop: fc.nat(3), add }), { maxLength: 5 }),
  });
}

function mangled(body: string, cuts: readonly Cut[], format: LogFormat): string {
  const pieces = piecesOf(body, format);
  for (const { at, drop, add } of cuts)
    pieces.splice(at, drop, ...(add === "" ? [] : [format === "text/html" ? add : `${add}\n`]));
  return pieces.join("");
}

function withFreeText(body: string, free: readonly FreeText[], format: LogFormat): string {
  const pieces = piecesOf(body, format);
  for (const { at, text } of free) pieces.splice(at, 0, format === "text/html" ? `<p><i>${text}</i></p>` : `${text}\n`);
  return pieces.join("");
}

function piecesOf(body: string, format: LogFormat): string[] {
  return format === "text/html"
    ? body.split(/(?=<li>|<div>|<b>Agent|<br>)|(?<=<\/li>|<\/div>|<br>)/)
    : body.split(/(?<=\n)/);
}
