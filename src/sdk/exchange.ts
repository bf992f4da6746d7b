/** One HTTP request and its whole answer, over a pool of kept connections: limited in time and size. */

import type { Dispatcher } from "undici";

export interface OutgoingRequest {
  /** Scheme and host, without a path. */
  origin: string;
  /** With its query. */
  path: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers: Record<string, string>;
  body: Uint8Array | string | null;
  /** Until the answer begins, and between two pieces of it. */
  responseMs: number;
  /** For everything, waiting for a connection included. */
  totalMs: number;
  /** What is longer is not kept. */
  bodyBytes: number;
}

export interface ReceivedAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Undefined where there were too many. */
  body: Buffer | undefined;
}

/** The answer had not ended after `totalMs`. `code` tells whether the request had left. */
export class OverdueError extends Error {
  override name = "TimeoutError";
  readonly code: "ERR_NEVER_SENT" | "ERR_OVERDUE";

  constructor(code: OverdueError["code"]) {
    super("The answer did not come in time.");
    this.code = code;
  }
}

/**
 * Redirections are not followed. Transport errors are thrown as they come. By undici's `dispatch`, which costs half of what its
 * `request` does: that makes a stream of each body, and a signal of each time-out.
 */
export function exchange(dispatcher: Dispatcher, sent: OutgoingRequest): Promise<ReceivedAnswer> {
  const { origin, path, method, headers, body, responseMs } = sent;
  return new Promise((resolve, reject) => {
    const receiver = new Receiver(sent, resolve, reject);
    dispatcher.dispatch(
      { origin, path, method, headers, body, headersTimeout: responseMs, bodyTimeout: responseMs },
      receiver,
    );
  });
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly #bodyBytes: number;
  readonly #resolve: (answer: ReceivedAnswer) => void;
  readonly #reject: (thrown: unknown) => void;
  readonly #overdue: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #givenUp: OverdueError | undefined;
  #status = 0;
  #headers: ReceivedAnswer["headers"] = {};
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(
    { bodyBytes, totalMs }: OutgoingRequest,
    resolve: (answer: ReceivedAnswer) => void,
    reject: (thrown: unknown) => void,
  ) {
    this.#bodyBytes = bodyBytes;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#overdue = setTimeout(giveUp, totalMs, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection until now, and nobody waits for it any more: it must not leave.
    if (this.#givenUp !== undefined) controller.abort(this.#givenUp);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: ReceivedAnswer["headers"],
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size <= this.#bodyBytes) {
      this.#pieces.push(piece);
      return;
    }
    this.#end(undefined);
    controller.abort(new Error("An answer was longer than it may be."));
  }

  onResponseEnd(): void {
    const [only, another] = this.#pieces;
    this.#end(only !== undefined && another === undefined ? only : Buffer.concat(this.#pieces));
  }

  onResponseError(_controller: Dispatcher.DispatchController, thrown: Error): void {
    clearTimeout(this.#overdue);
    this.#reject(thrown);
  }

  giveUp(): void {
    this.#givenUp = new OverdueError(this.#controller === undefined ? "ERR_NEVER_SENT" : "ERR_OVERDUE");
    this.#reject(this.#givenUp);
    this.#controller?.abort(this.#givenUp);
  }

  #end(body: Buffer | undefined): void {
    clearTimeout(this.#overdue);
    this.#resolve({ status: this.#status, headers: this.#headers, body });
  }
}

function giveUp(receiver: Receiver): void {
  receiver.giveUp();
}
