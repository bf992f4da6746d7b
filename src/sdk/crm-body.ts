/** Reads a CRM's answer: limited in size, parsed as JSON without letting a crafted body reach an object's prototype. */

import type { Readable } from "node:stream";

export type AnswerBody =
  | { kind: "json"; value: unknown }
  | { kind: "empty"; value: undefined }
  /** Not JSON, or larger than allowed. */
  | { kind: "unreadable" };

/** Reads at most `limit` bytes. Transport errors are thrown as they come. */
export async function readBody(stream: Readable, limit: number): Promise<AnswerBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) {
      stream.destroy();
      return { kind: "unreadable" };
    }
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return text.trim() === "" ? { kind: "empty", value: undefined } : parseSafely(text);
}

function parseSafely(text: string): AnswerBody {
  try {
    const value: unknown = JSON.parse(text, (key, member) => (key === "__proto__" ? undefined : member));
    return { kind: "json", value };
  } catch {
    return { kind: "unreadable" };
  }
}
