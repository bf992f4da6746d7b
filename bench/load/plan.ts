/** What the load generator shall send: one request per lane, in which a running number makes each one another. */

export interface LoadPlan {
  port: number;
  /** One text per connection; each `{n}` becomes a number of as many digits as `numbers.from` has. */
  requests: string[];
  numbers: {
    from: number;
    /** Undefined: every request takes the next one. Otherwise they are drawn, again and again, from this many. */
    among?: number;
  };
  /** Lanes begin one after another, spread over this time; at once where it is not given. */
  spreadMs?: number;
  /** Untimed, before it counts. */
  warmUpMs: number;
  forMs: number;
  /** At most so many requests in all while it counts; the time then ends early. */
  atMost?: number;
}

export interface LoadOutcome {
  /** Answered while it counted. */
  requests: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** The number that no request took yet. */
  nextNumber: number;
  /** Every request that was sent, those of the warm-up and of the end included. */
  sent: number;
}

/** A request as it goes over the wire; the answer must say that it was successful. */
export function wireRequest(method: string, path: string, body?: object): string {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
  if (body === undefined) return `${head}\r\n`;
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text.replaceAll(MARK, "0".repeat(NUMBER_DIGITS)));
  return `${head}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${text}`;
}

/** Where the running number goes. */
export const MARK = "{n}";
/** So that a number never changes the length of a body. */
export const NUMBER_DIGITS = 7;
