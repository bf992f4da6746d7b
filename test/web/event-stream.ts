/** Reads server-sent events as they come. */

import assert from "node:assert/strict";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";

export interface ToldEvent {
  what: string;
  told: JsonObject;
}

export interface EventStream {
  events: ToldEvent[];
  /** The first event from now on, or heard before, that is the one; fails when the stream ends without it. */
  hears(is: (event: ToldEvent) => boolean): Promise<ToldEvent>;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
}

export function readEvents(answer: Response): EventStream {
  const events: ToldEvent[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  let isOver = false;
  const ended = read(answer, (event) => {
    events.push(event);
    wake();
  }).finally(() => {
    isOver = true;
    wake();
  });
  return {
    events,
    ended,
    hears: (is) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find(is);
          if (found === undefined && !isOver) return;
          waiting.delete(look);
          if (found === undefined) reject(new Error(`The stream ended after ${JSON.stringify(events)}.`));
          else resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

async function read(answer: Response, heard: (event: ToldEvent) => void): Promise<void> {
  assert.ok(answer.body !== null);
  const decoder = new TextDecoder();
  let unread = "";
  for await (const piece of answer.body) {
    unread += decoder.decode(piece, { stream: true });
    const blocks = unread.split("\n\n");
    unread = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, what = ""] = /^event: (.+)$/m.exec(block) ?? [];
      const told: unknown = JSON.parse(/^data: (.+)$/m.exec(block)?.[1] ?? "null");
      if (isJsonObject(told)) heard({ what, told });
    }
  }
}
