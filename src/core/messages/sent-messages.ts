/** Messages of one conversation and day, as RingCentral has them: posted by a browser, or read from a message store. */

export interface SentMessages {
  /** The conversation's id and day in one, as clients name their logs. */
  id: string;
  /** Of a voicemail or a fax, the message's own. */
  conversationId?: string | number | undefined;
  type?: string | undefined;
  /** Newest first. */
  messages: readonly SentMessage[];
  /** The far side; several of a group. */
  correspondents?: readonly MessageParty[] | undefined;
  self?: MessageParty | undefined;
  /** Of a shared inbox. */
  owner?: { name?: string | undefined } | undefined;
  /** Read only to be kept out of every link. */
  rcAccessToken?: string | undefined;
}

export interface SentMessage {
  id: string | number;
  type?: string | undefined;
  /** A text's words. */
  subject?: string | undefined;
  direction?: "Inbound" | "Outbound" | undefined;
  /** Epoch milliseconds. */
  at: number | undefined;
  from?: MessageParty | undefined;
  to?: MessageParty | readonly MessageParty[] | undefined;
  attachments?: readonly MessageAttachment[] | undefined;
  faxPageCount?: number | undefined;
}

export interface MessageParty {
  phoneNumber?: string | undefined;
  extensionNumber?: string | number | undefined;
  name?: string | undefined;
}

export interface MessageAttachment {
  type?: string | undefined;
  /** A page that a person can open. */
  link?: string | undefined;
  uri?: string | undefined;
  contentType?: string | undefined;
  fileName?: string | undefined;
}

/** The number under which a party is known: a telephone number, or an extension inside the company. */
export function numberOf(party: MessageParty | undefined): string | undefined {
  return party?.phoneNumber ?? party?.extensionNumber?.toString();
}
