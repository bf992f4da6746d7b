/** Which attachments of a conversation are documents that a CRM may want to hold itself: faxes and pictures. */

import type { DocumentSource } from "./documents.ts";
import type { SentMessages } from "./sent-messages.ts";

const DOCUMENT_TYPES = new Set(["RenderedDocument", "MmsAttachment"]);

/** Of the messages that are new: those logged before have been carried before. */
export function documentsIn(
  { messages }: Pick<SentMessages, "messages">,
  newMessageIds: readonly string[],
): DocumentSource[] {
  return messages
    .filter((message) => newMessageIds.includes(String(message.id)))
    .flatMap((message) =>
      (message.attachments ?? []).flatMap(({ type, uri, contentType, fileName }, at): DocumentSource[] => {
        if (uri === undefined || type === undefined || !DOCUMENT_TYPES.has(type)) return [];
        const name =
          fileName ?? (type === "RenderedDocument" ? `Fax ${message.id}.pdf` : `Attachment ${message.id}-${at + 1}`);
        const fallback = type === "RenderedDocument" ? "application/pdf" : "application/octet-stream";
        return [{ name, contentType: contentType ?? fallback, uri }];
      }),
    );
}
