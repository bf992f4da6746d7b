/** Reads the body of an answer: parsed as JSON without letting a crafted one reach an object's prototype. */

export type AnswerBody =
  | { kind: "json"; value: unknown }
  | { kind: "empty"; value: undefined }
  /** Not JSON, or larger than allowed. */
  | { kind: "unreadable" };

/** `bytes` as they came; undefined where there were more than allowed. */
export function readAnswer(bytes: Buffer | undefined): AnswerBody {
  if (bytes === undefined) return { kind: "unreadable" };
  const text = bytes.toString("utf8");
  return text.trim() === "" ? { kind: "empty", value: undefined } : parseSafely(text);
}

/** The name as it may stand in JSON: any of its characters may be escaped. */
const SUSPECT = /__proto__|\\u00[5-7]/;

function parseSafely(text: string): AnswerBody {
  try {
    // A reviver takes five times as long as the text itself.
    const value: unknown = SUSPECT.test(text) ? JSON.parse(text, withoutPrototype) : JSON.parse(text);
    return { kind: "json", value };
  } catch {
    return { kind: "unreadable" };
  }
}

function withoutPrototype(key: string, member: unknown): unknown {
  return key === "__proto__" ? undefined : member;
}
