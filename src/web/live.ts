/** Server-sent events: what happens is told to a page for as long as it is open. */

import type { FastifyInstance, FastifyReply } from "fastify";

/** Proxies close what is silent for long. */
const COMMENT_EVERY_MS = 15_000;
/** A page that reads too slowly is cut off instead of being kept in memory; it comes back by itself. */
const UNREAD_BYTES = 256 * 1024;

export interface LiveStream {
  /** `data` is sent as JSON. */
  send(event: string, data: unknown): void;
  /** The page may come back; it is not told why. */
  end(): void;
}

/** Keeps the answer open until the page goes or the server stops; `begin` answers how to stop telling. */
export type OpenStream = (reply: FastifyReply, begin: (live: LiveStream) => () => void) => FastifyReply;

/** Of one server: it ends its streams when it stops, since a page that stays open would hold it up for ever. */
export function liveStreams(app: FastifyInstance): OpenStream {
  const open = new Set<() => void>();
  app.addHook("preClose", async () => {
    for (const end of open) end();
  });

  return (reply, begin) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    raw.write("retry: 2000\n\n");
    const end = () => raw.end();
    const stop = begin({
      send(event, told) {
        if (raw.writableLength > UNREAD_BYTES) raw.destroy();
        else if (!raw.writableEnded) raw.write(`event: ${event}\ndata: ${JSON.stringify(told)}\n\n`);
      },
      end,
    });
    const comment = setInterval(() => raw.write(": still here\n\n"), COMMENT_EVERY_MS);
    open.add(end);
    raw.on("close", () => {
      open.delete(end);
      clearInterval(comment);
      stop();
    });
    return reply;
  };
}
