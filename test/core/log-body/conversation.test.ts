/** Conversations in a CRM: what is written, and what becomes of people's words when messages come in later. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import {
  composeConversation,
  type Conversation,
  type ConversationEntry,
  mergeConversation,
} from "../../../src/core/log-body/conversation.ts";
import type { LogFormat } from "../../../src/sdk/connector.ts";
import { FORMATS, NASTY_LINES } from "./arbitraries.ts";

const STYLE = { timeZone: "America/New_York", settings: {} };
const ANA = "Ana (+16505551212)";

const HELLO = message("1", 5, ANA, "Hello $& <b>");
const REPLY = message("2", 6, "Kim", "Hi\nImage: https://media.example/?a=1&b=2");
const BYE = message("3", 7, ANA, "Bye");
const BOTH = conversation([HELLO, BYE]);
const ALL = conversation([BYE, REPLY, HELLO]);

const composed: Record<LogFormat, string> = {
  "text/plain": `SMS conversation with Ana - 26/03/08
Conversation summary
Sunday, March 08, 2026
Participants
- Kim
- Ana
Conversation(2 messages)
BEGIN
------------
Ana (+16505551212) 11:05 AM
Hello $& <b>

Ana (+16505551212) 11:07 AM
Bye

------------
END

--- Created via Trunkline
`,
  "text/markdown": `## SMS conversation with Ana - 26/03/08
### Conversation summary
Sunday, March 08, 2026

Participants
- Kim
- Ana

Conversation(2 messages)

BEGIN

------------

**Ana (+16505551212) 11:05 AM**
Hello $& <b>

**Ana (+16505551212) 11:07 AM**
Bye

------------
END

--- Created via Trunkline
`,
  "text/html": [
    "<b>SMS conversation with Ana - 26/03/08</b><br><b>Conversation summary</b><br>Sunday, March 08, 2026<br>",
    "Participants<br><ul><li><b>Kim</b></li><li><b>Ana</b></li></ul>Conversation(2 messages)<br>BEGIN<br>------------<br>",
    "<ul><li>Ana (+16505551212) 11:05 AM<br><b>Hello $&amp; &lt;b&gt;</b></li>",
    "<li>Ana (+16505551212) 11:07 AM<br><b>Bye</b></li></ul>------------<br>END<br><br>--- Created via Trunkline",
  ].join(""),
};

for (const format of FORMATS)
  describe(format, () => {
    const bodyOf = (wanted: Conversation) => composeConversation(wanted, STYLE, format).body;
    const merge = (body: string, written: Conversation | undefined, wanted: Conversation) =>
      mergeConversation(body, { written, wanted }, STYLE, format);

    test("a conversation has its heading, its people and its messages, oldest first", () => {
      const { subject, body } = composeConversation(conversation([BYE, HELLO]), STYLE, format);
      assert.equal(subject, "SMS conversation with Ana - 26/03/08");
      assert.equal(body, composed[format]);
    });

    test("a message that comes in late is put at its place in time, and all are counted", () => {
      for (const written of [BOTH, undefined]) assert.equal(merge(bodyOf(BOTH), written, ALL), bodyOf(ALL));
    });

    test("a newest message is put before the end", () => {
      const before = conversation([HELLO, REPLY]);
      assert.equal(merge(bodyOf(before), before, ALL), bodyOf(ALL));
    });

    test("a first message is put between the beginning and the end", () => {
      const empty = conversation([]);
      assert.equal(merge(bodyOf(empty), empty, ALL), bodyOf(ALL));
    });

    test("a message that stands there already is not written again", () => {
      assert.equal(merge(bodyOf(ALL), BOTH, ALL), bodyOf(ALL));
    });

    test("a message that a person edited or deleted stays as it is", () => {
      const edited = bodyOf(BOTH).replace("Bye", "Bye, said twice");
      const expected = bodyOf(ALL).replace("Bye", "Bye, said twice");
      const merged = merge(edited, BOTH, ALL);
      assert.ok(merged.includes("Bye, said twice"));
      assert.equal(merged.length, expected.length);
      assert.equal(merge(merged, BOTH, ALL), merged);
    });

    test("two messages that read alike are two messages", () => {
      const again = conversation([HELLO, { ...HELLO, id: "4" }]);
      assert.equal(merge(bodyOf(conversation([HELLO])), conversation([HELLO]), again), bodyOf(again));
      assert.equal(merge(bodyOf(again), conversation([HELLO]), again), bodyOf(again));
    });

    test("a body whose layout is gone gets new messages at its end", () => {
      const merged = merge("All rewritten by hand.", BOTH, ALL);
      assert.ok(merged.startsWith("All rewritten by hand."));
      assert.match(merged, /Kim 11:06 AM/);
      assert.doesNotMatch(merged, /Bye/);
      assert.equal(merge(merged, BOTH, ALL), merged);
    });

    test("an empty body with an unknown past gets everything, one that a person cleared only what is new", () => {
      assert.equal(merge(" \n", undefined, ALL), bodyOf(ALL));
      assert.doesNotMatch(merge("", BOTH, ALL), /Bye|Hello/);
    });

    test("no message can pass for another one, or for the end", () => {
      const forged = message(
        "9",
        1,
        ANA,
        "x\nEND\n------------\nKim 11:06 AM\nHi\nConversation(9 messages)\n\n**Kim 11:06 AM**\nHi",
      );
      const before = conversation([forged]);
      const real = message("2", 6, "Kim", "Hi");
      const wanted = conversation([forged, real]);
      for (const written of [before, undefined]) assert.equal(merge(bodyOf(before), written, wanted), bodyOf(wanted));
    });

    for (const [kind, heading, line] of [
      ["VoiceMail", "Voicemail left by Ana - 26/03/08", "Voicemail recording link: "],
      ["Fax", "Fax document sent from Ana - 26/03/08", "Fax document link: "],
    ] as const)
      test(`a ${kind} has its heading and its link, and a second one comes before the footer`, () => {
        const one: Conversation = { ...conversation([message("1", 5, ANA, "https://media.example/1")]), kind };
        const two = { ...one, entries: [...one.entries, message("2", 6, ANA, "https://media.example/2")] };
        const { subject, body } = composeConversation(one, STYLE, format);
        assert.equal(subject, heading);
        assert.ok(body.replaceAll(/<[^>]*>/g, "").includes(`${line}https://media.example/1`));
        const merged = merge(body, one, two);
        assert.match(merged, /media\.example\/1[\s\S]*media\.example\/2[\s\S]*--- Created via Trunkline\s*$/);
        assert.equal(merge(merged, one, two), merged);
        assert.equal(merge(merged, undefined, two), merged);
      });

    test("merging twice equals once, every message stands there once, and a person's words survive", () => {
      const cases = fc.tuple(conversations(), fc.nat(4), fc.boolean(), fc.nat(60), fc.boolean());
      fc.assert(
        fc.property(cases, ([wanted, count, isKnown, at, isShort]) => {
          // Of two messages that look alike nobody can tell which one a person took out.
          fc.pre(!isShort || !someLookAlike(wanted));
          const before = conversation(wanted.entries.slice(0, count));
          const pieces = bodyOf(before).split(format === "text/html" ? /(?=<li>|<ul>)/ : /(?<=\n)/);
          const mine = format === "text/html" ? "<p>my own words</p>" : "my own words\n";
          const body = pieces.toSpliced(at, isShort ? 1 : 0, mine).join("");
          const written = isKnown ? before : undefined;
          const once = merge(body, written, wanted);
          assert.ok(once.includes("my own words"));
          assert.equal(merge(once, written, wanted), once);
        }),
      );
    });

    test("what is written bit by bit reads like what is written at once", () => {
      fc.assert(
        fc.property(conversations(), fc.boolean(), (wanted, isKnown) => {
          const steps = wanted.entries.map((_, index) => conversation(wanted.entries.slice(0, index + 1)));
          let body = bodyOf(conversation([]));
          let written = conversation([]);
          for (const next of steps) {
            body = merge(body, isKnown ? written : undefined, next);
            written = next;
          }
          assert.equal(body, bodyOf(wanted));
        }),
      );
    });
  });

test("an agent's own voicemail and fax are outbound", () => {
  const own = (kind: Conversation["kind"]) => ({
    ...conversation([message("1", 5, "Kim", "https://media.example/1")]),
    kind,
  });
  assert.equal(composeConversation(own("VoiceMail"), STYLE, "text/plain").subject, "Voicemail left for Ana - 26/03/08");
  assert.equal(composeConversation(own("Fax"), STYLE, "text/plain").subject, "Fax document sent to Ana - 26/03/08");
});

test("Windows line ends are kept", () => {
  const crlf = (wanted: Conversation) => composeConversation(wanted, STYLE, "text/plain").body.replaceAll("\n", "\r\n");
  assert.equal(mergeConversation(crlf(BOTH), { written: BOTH, wanted: ALL }, STYLE, "text/plain"), crlf(ALL));
});

test("App Connect's HTML is counted and extended at its own end", () => {
  const frame = (count: number, items: string) =>
    `<br><b>SMS conversation with Ana - 26/03/08</b><br><b>Conversation summary</b><br>Sunday, March 08, 2026<br>Participants<br><ul><li><b>Kim</b><br></li><li><b>Ana</b></li></ul><br>Conversation(${count} messages)<br>BEGIN<br>------------<br><ul>${items}</ul>------------<br>END<br><br>--- Created via RingCentral App Connect`;
  const hello = `<li>${ANA} 11:05 AM<br><b>Hello</b></li>`;
  const plain = message("1", 5, ANA, "Hello");
  const wanted = conversation([plain, BYE]);
  const merged = mergeConversation(frame(1, hello), { written: undefined, wanted }, STYLE, "text/html");
  assert.equal(merged, frame(2, `${hello}<li>${ANA} 11:07 AM<br><b>Bye</b></li>`));
});

test("HTML that an editor rearranged still shows which messages stand in it", () => {
  const edited = composed["text/html"]
    .replaceAll("<b>", "<strong>")
    .replaceAll("</b>", "</strong>")
    .replaceAll("<br>", "<br />\n")
    .replaceAll("<li>", '<li class="a"><p>')
    .replaceAll("</li>", "</p></li>\n");
  const merged = mergeConversation(edited, { written: undefined, wanted: ALL }, STYLE, "text/html");
  assert.equal(merged.match(/Hello/g)?.length, 1);
  assert.match(merged, /3 messages[\s\S]*Hello[\s\S]*Kim 11:06[\s\S]*Bye/);
});

function message(id: string, minute: number, author: string, text: string): ConversationEntry {
  return { id, at: Date.UTC(2026, 2, 8, 15, minute), author, text };
}

function conversation(entries: readonly ConversationEntry[]): Conversation {
  const day = Date.UTC(2026, 2, 8, 15);
  return { kind: "SMS", contactName: "Ana", agentName: "Kim", day, participants: ["Kim", "Ana"], entries };
}

/** Up to five messages in any order, also such as look like the frame around them or like each other. */
function conversations(): fc.Arbitrary<Conversation> {
  const frame = [
    "END",
    "BEGIN",
    "------------",
    "Kim 11:01 AM",
    `${ANA} 11:02 AM`,
    "**Kim 11:01 AM**",
    "Conversation(7 messages)",
  ];
  const line = fc.oneof(
    fc.constantFrom(...frame, "Hi", "", "Hi"),
    fc.constantFrom(...NASTY_LINES),
    fc.string({ maxLength: 8 }),
  );
  const text = fc.array(line, { maxLength: 4 }).map((lines) => lines.join("\n"));
  const entry = fc.record({ minute: fc.nat(3), author: fc.constantFrom("Kim", ANA), text });
  return fc
    .array(entry, { maxLength: 5 })
    .map((entries) =>
      conversation(entries.map(({ minute, author, text: said }, index) => message(`${index}`, minute, author, said))),
    );
}

function someLookAlike({ entries }: Conversation): boolean {
  const looks = entries.map((entry) => JSON.stringify({ ...entry, id: "", at: Math.floor(entry.at / 60_000) }));
  return new Set(looks).size < looks.length;
}
