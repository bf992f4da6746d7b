/** One conversation as a run plays it: batches that overlap, some sent again, some at the same time. */

import type { Scene } from "./call-story.ts";
import { messageText, type SentConversation, type SentMessage } from "./sent.ts";

const AT_THE_SAME_TIME = 0.25;
const SENT_AGAIN = 0.3;
const ASKS_AGAIN = 0.75;
const FIRST_MESSAGE = Date.UTC(2026, 8, 21, 16);

export async function playConversation(
  number: number,
  sent: SentConversation[],
  { phone, random }: Scene,
): Promise<void> {
  const conversation: SentConversation = { contactName: `Conversation ${number}`, messages: [] };
  sent.push(conversation);

  async function send(batch: readonly Numbered[]): Promise<void> {
    const body = posting(number, conversation.contactName, batch);
    let answer = await phone.ask("POST", "/messageLog", body);
    if (answer.outcome === "no answer" && random.chance(ASKS_AGAIN))
      answer = await phone.insist("POST", "/messageLog", body);
    if (answer.outcome === "acknowledged") for (const { message } of batch) message.acknowledged = true;
  }

  /** New messages, and often some of those before them. */
  function nextBatch(): Numbered[] {
    const from = Math.max(0, conversation.messages.length - random.between(0, 2));
    for (let fresh = random.between(1, 4); fresh > 0; fresh--) {
      const text = messageText(number, conversation.messages.length + 1);
      conversation.messages.push({ text, acknowledged: false });
    }
    return conversation.messages.flatMap((message, at) => (at < from ? [] : [{ message, at }]));
  }

  for (let left = random.between(3, 5); left > 0; left--) {
    const batch = nextBatch();
    if (random.chance(AT_THE_SAME_TIME)) await Promise.all([send(batch), send(nextBatch())]);
    else await send(batch);
    if (random.chance(SENT_AGAIN)) await send(batch);
  }
}

interface Numbered {
  message: SentMessage;
  at: number;
}

/** Newest first, as the client sends them. */
function posting(number: number, contactName: string, batch: readonly Numbered[]): object {
  const messages = batch.toReversed().map(({ message, at }) => ({
    id: number * 1_000 + at,
    type: "SMS",
    subject: message.text,
    direction: at % 2 === 0 ? "Inbound" : "Outbound",
    creationTime: FIRST_MESSAGE + at * 60_000,
    from: at % 2 === 0 ? { phoneNumber: "+16505551212" } : { phoneNumber: "+16505550100", name: "Ann Operator" },
    to: [{ phoneNumber: at % 2 === 0 ? "+16505550100" : "+16505551212" }],
  }));
  return {
    contactId: "1",
    contactType: "Contact",
    contactName,
    logInfo: {
      conversationId: `chaos-${number}`,
      conversationLogId: `chaos-${number}/9/21/2026`,
      type: "SMS",
      messages,
      correspondents: [{ phoneNumber: "+16505551212", name: contactName }],
    },
  };
}
