/** Conversations in plain text and Markdown: a header per entry, and rules around them all. */

import type { ConversationLayout } from "./conversation-layout.ts";
import { type ConversationText, FOOTER } from "./conversation-text.ts";
import type { LineFormat } from "./line-marks.ts";
import { splitLines, withLineEndsOf } from "./lines.ts";

export function lineConversation(format: LineFormat): ConversationLayout {
  const layout: ConversationLayout = {
    document(conversation) {
      const { kind, heading, entries } = conversation;
      const written = entries.map((entry) => layout.entry(entry, conversation)).join("");
      const title = format === "text/markdown" ? `## ${heading}` : heading;
      return kind === "SMS"
        ? [title, ...summary(conversation, format), `${written}${RULE}`, "END", "", FOOTER, ""].join("\n")
        : [title, written, FOOTER, ""].join("\n");
    },
    entry({ header, text }, { names }) {
      const title = format === "text/markdown" && header !== "" ? `**${header}**` : header;
      const lines = text === "" ? [] : text.split("\n").map((line) => guarded(line, names));
      return title === "" ? [...lines, ""].join("\n") : [title, ...lines, "", ""].join("\n");
    },
    lines: (body) =>
      splitLines(body)
        .map(({ text, start, textEnd }) => ({
          text: text.trimEnd(),
          start,
          end: textEnd,
          opensBlock: true,
          inItem: false,
        }))
        .filter(({ text }) => text !== ""),
    insert(body, at, entry) {
      const fresh = at === 0 || body[at - 1] === "\n";
      return { start: at, end: at, text: withLineEndsOf(body, fresh ? entry : `\n${entry}`) };
    },
  };
  return layout;
}

function summary({ day, participants, owner, entries }: ConversationText, format: LineFormat): string[] {
  const isMarkdown = format === "text/markdown";
  const people = [...participants, ...(owner === "" ? [] : [`Owner: ${owner}`])].map((name) => `- ${name}`);
  // Markdown makes a paragraph of lines that follow each other, and a heading of a line above a rule.
  const paragraphs = [
    [isMarkdown ? "### Conversation summary" : "Conversation summary", day],
    ["Participants", ...people],
    [`Conversation(${entries.length} messages)`],
    ["BEGIN"],
    [RULE],
  ];
  return paragraphs.flatMap((lines) => (isMarkdown ? [...lines, ""] : lines));
}

/**
 * A space before a line of a message that would be taken for the frame around the messages, or for the beginning of somebody
 * else's.
 */
function guarded(line: string, names: readonly string[]): string {
  const bare = line.trim();
  const author = HEADER.exec(bare)?.[1];
  const isHeader = author !== undefined && names.some((name) => author.startsWith(name));
  return FRAME.test(bare) || isHeader ? ` ${line}` : line;
}

const RULE = "------------";
const FRAME = /^(?:BEGIN|END|-{3,}|Conversation\(\d+ messages?\)|--- Created via .*)$/;
const HEADER = /^(?:\*\*)?(.*) ?\d\d:\d\d [AP]M(?:\*\*)?$/;
