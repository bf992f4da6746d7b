/** What composing and merging a conversation need to know about a format. */

import type { ConversationText, EntryText } from "./conversation-text.ts";
import type { LogFormat } from "../../sdk/connector.ts";
import { htmlConversation } from "./html-conversation.ts";
import { lineConversation } from "./line-conversation.ts";
import type { Splice } from "./splice.ts";

/** A line that shows something. Offsets count characters of the body. */
export interface BodyLine {
  readonly text: string;
  /** With the tag that opens its block. */
  readonly start: number;
  readonly end: number;
  /** Whether an entry may begin here. */
  readonly opensBlock: boolean;
  /** Whether it is part of a list, where nothing but names and entries stands. */
  readonly inItem: boolean;
}

export interface ConversationLayout {
  document(conversation: ConversationText): string;
  entry(entry: EntryText, conversation: ConversationText): string;
  lines(body: string): BodyLine[];
  insert(body: string, at: number, entry: string): Splice;
}

export function conversationLayout(format: LogFormat): ConversationLayout {
  return format === "text/html" ? htmlConversation : lineConversation(format);
}
