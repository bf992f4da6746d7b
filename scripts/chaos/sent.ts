/** What a run asked Trunkline to log, and what of it was acknowledged: the measure of what the CRM must hold. */

/** What one request said of a call; each says something else in all three places. */
export interface CallVersion {
  note: string;
  /** Null: not known yet. */
  durationSeconds: number | null;
  recordingLink: string | null;
  acknowledged: boolean;
}

export interface SentCall {
  /** No other record has it. */
  subject: string;
  /** In the order in which they were sent: the creation first. */
  versions: CallVersion[];
  /** What a request beside an update added, which no update mentions. */
  aiNote: SentMessage | undefined;
  /** What somebody wrote into the record in the CRM. */
  personsWords: string | undefined;
}

export interface SentMessage {
  /** No other message has it. */
  text: string;
  acknowledged: boolean;
}

export interface SentConversation {
  /** Whom it is with; nobody else has this name. */
  contactName: string;
  /** In the order of time. */
  messages: SentMessage[];
}

export interface Sent {
  calls: SentCall[];
  conversations: SentConversation[];
}

/** The name that a message has in every text; it does not stand inside another one's. */
export function messageText(conversation: number, message: number): string {
  return `message ${conversation}.${message};`;
}

/** How many calls and conversations Trunkline said yes to. */
export function acceptedIn({ calls, conversations }: Sent): number {
  const accepted = [...calls.map(({ versions }) => versions), ...conversations.map(({ messages }) => messages)];
  return accepted.filter((parts) => parts.some(({ acknowledged }) => acknowledged)).length;
}
