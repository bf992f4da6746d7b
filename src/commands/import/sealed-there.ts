/** Values that an App Connect server has sealed with its secret (`lib/encode` of @app-connect/core 1.7.41): AES-256-CBC. */

import { createDecipheriv } from "node:crypto";
import { jsonIn, parsedJson } from "./row-values.ts";

/** The same for all values: good enough to read them by, and nothing to seal with. */
const START = Buffer.alloc(16, 0);
const KEY_LENGTH = 32;

/** The value that was sealed, or one that never was; undefined where it was sealed with another secret. */
export function openedThere(stored: unknown, secret: string): unknown {
  const { encrypted, value } = jsonIn(stored);
  if (encrypted !== true || typeof value !== "string") return stored;
  try {
    const key = Buffer.from(secret.padEnd(KEY_LENGTH, " ").slice(0, KEY_LENGTH), "utf8");
    const opening = createDecipheriv("aes-256-cbc", key, START);
    return parsedJson(opening.update(value, "hex", "utf8") + opening.final("utf8"));
  } catch {
    return undefined;
  }
}
