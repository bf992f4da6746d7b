/** Asks what may take long, or fail, for somebody who only watches: one question at a time, asked seldom, and waited for briefly. */

export interface PromptlyOptions<T> {
  ask(): Promise<T>;
  /** An answer is given again for this long; a failure never is. */
  keepMs: number;
  /** Then the asker is told that there is no answer, and the next one joins the question that is still open. */
  withinMs: number;
}

/** Fails as the question does, or when it takes too long. */
export function promptly<T>({ ask, keepMs, withinMs }: PromptlyOptions<T>): () => Promise<T> {
  let open: Promise<T> | undefined;
  let kept: { answer: T; until: number } | undefined;

  function asked(): Promise<T> {
    open ??= ask()
      .then((answer) => {
        kept = { answer, until: Date.now() + keepMs };
        return answer;
      })
      .finally(() => {
        open = undefined;
      });
    return open;
  }

  return async () => {
    if (kept !== undefined && Date.now() < kept.until) return kept.answer;
    return before(withinMs, asked());
  };
}

async function before<T>(withinMs: number, answer: Promise<T>): Promise<T> {
  const tooLong = Promise.withResolvers<never>();
  const timer = setTimeout(() => tooLong.reject(new Error(`No answer within ${withinMs} ms.`)), withinMs);
  try {
    return await Promise.race([answer, tooLong.promise]);
  } finally {
    clearTimeout(timer);
  }
}
