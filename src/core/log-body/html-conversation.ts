/** Conversations in HTML: people and entries are list items, so that no message can leave its own. */

import type { BodyLine, ConversationLayout } from "./conversation-layout.ts";
import { type ConversationText, FOOTER } from "./conversation-text.ts";
import { anchor, BLOCK_TAG, escapeHtml, lineText } from "./html-text.ts";

export const htmlConversation: ConversationLayout = {
  document(conversation) {
    const { kind, heading, entries } = conversation;
    const title = `<b>${escapeHtml(heading)}</b><br>`;
    const written = entries.map((entry) => htmlConversation.entry(entry, conversation)).join("");
    if (kind !== "SMS") return `${title}${written}<br>${FOOTER}`;
    return `${title}${summary(conversation)}<ul>${written}</ul>${RULE}<br>END<br><br>${FOOTER}`;
  },
  entry({ header, text }) {
    const lines = text.split("\n").map(withLink).join("<br>");
    return header === "" ? `<div>${lines}</div>` : `<li>${escapeHtml(header)}<br><b>${lines}</b></li>`;
  },
  lines: linesOf,
  insert(body, at, entry) {
    // The place found is behind the list where nothing follows in it.
    const listEnd = /<\/[uo]l\s*>\s*$/i.exec(body.slice(Math.max(0, at - 100), at))?.[0].length ?? 0;
    const place = entry.startsWith("<li>") ? at - listEnd : at;
    return { start: place, end: place, text: entry };
  },
};

function summary({ day, participants, owner, entries }: ConversationText): string {
  const people = [...participants, ...(owner === "" ? [] : [`Owner: ${owner}`])];
  const items = people.map((name) => `<li><b>${escapeHtml(name)}</b></li>`).join("");
  const count = `Conversation(${entries.length} messages)<br>BEGIN<br>${RULE}<br>`;
  return `<b>Conversation summary</b><br>${escapeHtml(day)}<br>Participants<br><ul>${items}</ul>${count}`;
}

/** A line that is a link, or a label and a link, can be followed; other text is only text. */
function withLink(line: string): string {
  const [, label = "", address] = /^((?:[^:/]{1,60}: )?)(https?:\/\/\S+)$/i.exec(line) ?? [];
  return address === undefined ? escapeHtml(line) : `${escapeHtml(label)}${anchor(address, address)}`;
}

function linesOf(body: string): BodyLine[] {
  const lines: BodyLine[] = [];
  let [at, depth, opensBlock] = [0, 0, true];
  let blockStart: number | undefined;
  for (const edge of [...body.matchAll(EDGE), undefined]) {
    const end = edge?.index ?? body.length;
    const text = lineText(body.slice(at, end)).replace(/\s+/g, " ").trim();
    if (text !== "") {
      lines.push({ text, start: blockStart ?? at, end, opensBlock, inItem: depth > 0 });
      [blockStart, opensBlock] = [undefined, false];
    }
    if (edge === undefined) break;
    at = end + edge[0].length;
    const tag = (edge[1] ?? "").toLowerCase();
    if (tag === "") continue;
    if (tag === "li") depth++;
    if (tag === "/li") depth = Math.max(0, depth - 1);
    if (tag === "/ul" || tag === "/ol") depth = 0;
    // A paragraph inside an item is a line of the item.
    if (tag === "li" || depth === 0) opensBlock = true;
    if (tag.startsWith("/")) blockStart = undefined;
    else blockStart = tag === "li" ? end : (blockStart ?? end);
  }
  return lines;
}

const RULE = "------------";
const EDGE = new RegExp(`<br\\b[^<>]*>|(?=<(/?[a-z][a-z0-9]*))${BLOCK_TAG}`, "gi");
