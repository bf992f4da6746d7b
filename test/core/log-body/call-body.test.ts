/** Call logs as people and other software left them in a CRM. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { composeCallBody, mergeCallBody, readCallBody } from "../../../src/core/log-body/call-body.ts";
import type { CallParts } from "../../../src/core/log-body/call-parts.ts";
import type { LogFormat } from "../../../src/sdk/connector.ts";
import { FORMATS } from "./arbitraries.ts";

const PARTS: CallParts = {
  note: "Costs $& <b>\nCall back",
  contactNumber: "+16505551212",
  direction: "Outbound",
  startedAt: "2026-03-08 01:59:59 AM",
  result: "No-Answer",
  recordingLink: "https://rec.example/1?a=1&b=2",
  aiNote: "Said <hello>",
  legs: "Made call from ext 101",
};

const composed: Record<LogFormat, string> = {
  "text/plain": `- Note: Costs $& <b>
Call back
- Contact Number: +16505551212
- Date/Time: 2026-03-08 01:59:59 AM
- Result: No-Answer
- Call recording link: https://rec.example/1?a=1&b=2
- AI Note:
Said <hello>
--- END
- Call journey:
Made call from ext 101
--- JOURNEY END
`,
  "text/markdown": `## Agent notes
Costs $& <b>
Call back

## Call details
**Contact Number**: +16505551212
**Date/Time**: 2026-03-08 01:59:59 AM
**Result**: No-Answer
**Call recording link**: https://rec.example/1?a=1&b=2
### AI Note
Said <hello>
### Call journey
Made call from ext 101
`,
  "text/html": [
    "<b>Agent notes</b><br>Costs $&amp; &lt;b&gt;<br>Call back<br><br><b>Call details</b><br>",
    "<li><b>Recipient phone number</b>: +16505551212</li>",
    "<li><b>Date/time</b>: 2026-03-08 01:59:59 AM</li>",
    "<li><b>Result</b>: No-Answer</li>",
    '<li><b>Call recording link</b>: <a target="_blank" rel="noopener" href="https://rec.example/1?a=1&amp;b=2">open</a></li>',
    "<div><b>AI Note</b><br>Said &lt;hello&gt;</div><br>",
    "<div><b>Call journey</b><br>Made call from ext 101</div><br>",
  ].join(""),
};

for (const format of FORMATS)
  describe(format, () => {
    test("a log has App Connect's layout", () => assert.equal(composeCallBody(PARTS, format), composed[format]));

    test("nothing that is wanted is nothing written", () => assert.equal(composeCallBody({}, format), ""));

    test("an empty body with an unknown past gets everything", () => {
      assert.equal(mergeCallBody("", { written: undefined, wanted: PARTS }, format), composed[format]);
    });

    test("a body that a person cleared gets only what is new", () => {
      const merged = mergeCallBody("", { written: PARTS, wanted: { ...PARTS, transcript: "Hello" } }, format);
      assert.deepEqual(readCallBody(merged, format), { transcript: "Hello" });
    });

    test("a line that a person deleted stays away until it changes", () => {
      const { result: _result, ...others } = PARTS;
      const body = composeCallBody(others, format);
      assert.equal(mergeCallBody(body, { written: PARTS, wanted: PARTS }, format), body);
      const changed = { ...PARTS, result: "Answered" };
      assert.equal(mergeCallBody(body, { written: PARTS, wanted: changed }, format), composeCallBody(changed, format));
    });

    test("a line that a person edited stays edited while other lines change", () => {
      const edited = composed[format].replace("01:59:59", "02:00:00");
      const merged = mergeCallBody(edited, { written: PARTS, wanted: { ...PARTS, result: "Answered" } }, format);
      assert.equal(merged, edited.replace("No-Answer", "Answered"));
    });

    test("words that a person put behind a value stay there", () => {
      const edited = composed[format].replace("No-Answer", "No-Answer (he was angry)");
      const merged = mergeCallBody(edited, { written: PARTS, wanted: { ...PARTS, result: "Answered" } }, format);
      assert.equal(merged, edited.replace("No-Answer", "Answered"));
    });

    test("a pending value gives way to the real one, also where nobody knows who wrote it", () => {
      const pending = { ...PARTS, duration: "(pending...)", recordingLink: "(pending...)" };
      const wanted = { ...PARTS, duration: "3 seconds" };
      for (const written of [pending, undefined, {}]) {
        const merged = mergeCallBody(composeCallBody(pending, format), { written, wanted }, format);
        assert.equal(merged, composeCallBody(wanted, format));
      }
    });

    test("a cleared note goes, and a person's words below it stay", () => {
      const { note: _note, ...wanted } = PARTS;
      assert.equal(
        mergeCallBody(composed[format], { written: PARTS, wanted }, format),
        composeCallBody(wanted, format),
      );
      const edited = composed[format].replace(
        "Call back",
        format === "text/html" ? "Call back<br>mine" : "Call back\nmine",
      );
      const merged = mergeCallBody(edited, { written: PARTS, wanted }, format);
      assert.equal(readCallBody(merged, format).note, "mine");
    });

    test("a note of 20 kB is written, read and replaced", () => {
      const long = { ...PARTS, note: "- Word: $& <b>\n".repeat(1400).trimEnd() };
      const body = mergeCallBody(composed[format], { written: PARTS, wanted: long }, format);
      assert.equal(readCallBody(body, format).note, long.note);
      assert.equal(mergeCallBody(body, { written: long, wanted: PARTS }, format), composed[format]);
    });
  });

interface Left {
  name: string;
  format: LogFormat;
  body: string;
  written?: CallParts;
  wanted: CallParts;
  expected: string;
}

const left: Left[] = [
  {
    name: "App Connect's older label of a note",
    format: "text/plain",
    body: "- Agent notes: old\nlines\n- Summary: Call with Ana\n",
    wanted: { note: "new" },
    expected: "- Agent notes: new\n- Summary: Call with Ana\n",
  },
  {
    name: "App Connect's blank lines around blocks",
    format: "text/plain",
    body: "- Result: No-Answer\n\n- AI Note:\nold\n--- END\n\n- Transcript:\nHi\n--- END\n",
    wanted: { aiNote: "new", result: "Missed" },
    expected: "- Result: Missed\n\n- AI Note:\nnew\n--- END\n\n- Transcript:\nHi\n--- END\n",
  },
  {
    name: "lines that App Connect repeated",
    format: "text/plain",
    body: "- Result: No-Answer\n- Duration: 1 second\n- Result: No-Answer\n",
    written: { result: "No-Answer" },
    wanted: { result: "Missed" },
    expected: "- Result: Missed\n- Duration: 1 second\n",
  },
  {
    name: "a person's own lines between facts",
    format: "text/plain",
    body: "Hello\n\n- Duration: 1 second\nmy words\n- Result: x\n\nbye",
    written: { result: "x", duration: "1 second" },
    wanted: { result: "y", duration: "2 seconds", transcript: "t" },
    expected: "Hello\n\n- Duration: 2 seconds\nmy words\n- Result: y\n- Transcript:\nt\n--- END\n\nbye",
  },
  {
    name: "Windows line ends and no line end at the end",
    format: "text/plain",
    body: "- Note: old\r\nmine\r\n- Result: x",
    written: { note: "old", result: "x" },
    wanted: { note: "new\nlines", result: "x", transcript: "t" },
    expected: "- Note: new\r\nlines\r\nmine\r\n- Result: x\r\n- Transcript:\r\nt\r\n--- END",
  },
  {
    name: "a block whose end a person deleted",
    format: "text/plain",
    body: "- AI Note:\nold\n- Transcript:\nt\n--- END\n",
    written: { aiNote: "old", transcript: "t" },
    wanted: { aiNote: "new", transcript: "u" },
    expected: "- AI Note:\nnew\n--- END\n- Transcript:\nu\n--- END\n",
  },
  {
    name: "App Connect's label of a number in Markdown",
    format: "text/markdown",
    body: "## Agent notes\nold\n\n## Call details\n**Contact Number**: +1\n**Result**: x\n",
    wanted: { note: "new", contactNumber: "+2", direction: "Inbound", duration: "1 second" },
    expected: "## Agent notes\nnew\n\n## Call details\n**Contact Number**: +2\n**Duration**: 1 second\n**Result**: x\n",
  },
  {
    name: "a heading of call details without a note in Markdown",
    format: "text/markdown",
    body: "## Call details\n**Result**: x\n",
    wanted: { note: "n" },
    expected: "## Agent notes\nn\n\n## Call details\n**Result**: x\n",
  },
  {
    name: "free words at the end of Markdown, which a new block must not take in",
    format: "text/markdown",
    body: "**Result**: x\nmy words\n",
    written: { result: "x" },
    wanted: { result: "x", transcript: "t" },
    expected: "**Result**: x\nmy words\n### Transcript\nt\n",
  },
  {
    name: "App Connect's HTML",
    format: "text/html",
    body: "<b>Agent notes</b><br>old<br><br><b>Call details</b><br><li><b>Summary</b>: s</li><li><b>Caller phone number</b>: +1</li><li><b>Call recording link</b>: (pending...)</li><div><b>AI Note</b><br>a<br>b</div><br>",
    wanted: {
      note: "<new>",
      contactNumber: "+2",
      direction: "Inbound",
      recordingLink: "https://r.example/",
      aiNote: "c",
    },
    expected:
      '<b>Agent notes</b><br>&lt;new&gt;<br><br><b>Call details</b><br><li><b>Summary</b>: s</li><li><b>Caller phone number</b>: +2</li><li><b>Call recording link</b>: <a target="_blank" rel="noopener" href="https://r.example/">open</a></li><div><b>AI Note</b><br>c</div><br>',
  },
  {
    name: "strong labels, attributes, a list, paragraphs and no-break spaces of an editor",
    format: "text/html",
    body: '<p class="a"><strong>Agent notes</strong><br />old&nbsp;text<br />caf&eacute;</p><p><strong>Call details</strong></p>\n<ul style="x"><li class="y"><strong>Result</strong>:&nbsp;x</li>\n<li><p><strong>Duration:</strong> 1 second</p></li></ul><p><strong>AI Note</strong></p><p>one</p><p>two</p>',
    written: { note: "old text\ncafé", result: "x", duration: "1 second", aiNote: "one\ntwo" },
    wanted: {
      note: "new",
      result: "y",
      duration: "2 seconds",
      recordingLink: "(pending...)",
      aiNote: "three",
      transcript: "t",
    },
    expected:
      '<p class="a"><strong>Agent notes</strong><br />new</p><p><strong>Call details</strong></p>\n<ul style="x"><li class="y"><strong>Result</strong>: y</li><li><b>Call recording link</b>: (pending...)</li>\n<li><p><strong>Duration:</strong> 2 seconds</p></li></ul><p><strong>AI Note</strong></p><p>three</p><div><b>Transcript</b><br>t</div><br>',
  },
  {
    name: "a person's formatting of their own lines in a note",
    format: "text/html",
    body: '<b>Agent notes</b><br>old<br><i>my <u>own</u> line</i><br><br><b>Call details</b><br><li><b>Result</b>: x</li><p style="z">mine</p>',
    written: { note: "old", result: "x" },
    wanted: { note: "new", result: "y" },
    expected:
      '<b>Agent notes</b><br>new<br><i>my <u>own</u> line</i><br><br><b>Call details</b><br><li><b>Result</b>: y</li><p style="z">mine</p>',
  },
  {
    name: "facts without their list",
    format: "text/html",
    body: "<p><b>Result</b>: x<br><b>Duration</b>: 1 second<br>mine</p>",
    written: { result: "x", duration: "1 second" },
    wanted: { duration: "2 seconds" },
    expected: "<p><b>Duration</b>: 2 seconds<br>mine</p>",
  },
  {
    name: "a list into which a note must not be put",
    format: "text/html",
    body: "<ul><li><b>Result</b>: x</li></ul>",
    written: { result: "x" },
    wanted: { note: "n", result: "x", transcript: "t" },
    expected:
      "<b>Agent notes</b><br>n<br><br><b>Call details</b><br><ul><li><b>Result</b>: x</li></ul><div><b>Transcript</b><br>t</div><br>",
  },
  {
    name: "words behind a link",
    format: "text/html",
    body: '<li><b>Call recording link</b>: <a href="https://r.example/1">open</a> (listen!)</li>',
    written: { recordingLink: "https://r.example/1" },
    wanted: { recordingLink: "https://r.example/2" },
    expected:
      '<li><b>Call recording link</b>: <a target="_blank" rel="noopener" href="https://r.example/2">open</a> (listen!)</li>',
  },
];
for (const { name, format, body, written, wanted, expected } of left)
  test(`${format}: ${name}`, () => {
    assert.equal(mergeCallBody(body, { written, wanted }, format), expected);
    assert.equal(mergeCallBody(expected, { written, wanted }, format), expected);
  });

test("App Connect's notes in HTML keep the line ends of their source", () => {
  const body = "<b>Agent notes</b><br>one\ntwo & <three<br><br><b>Call details</b><br>";
  assert.equal(readCallBody(body, "text/html").note, "one\ntwo & <three");
});
