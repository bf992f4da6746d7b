/** What is asked for in the same turn of the event loop goes to the database as one statement. */

/** Beyond this a statement takes longer than a round trip saves. */
const AT_ONCE = 500;

/** Answers all of them, in their order. */
export type AnswerAll<Asked, Answer> = (asked: readonly Asked[]) => Promise<readonly Answer[]>;

interface Waiting<Asked, Answer> {
  asked: Asked;
  resolve(answer: Answer): void;
  reject(thrown: unknown): void;
}

export function together<Asked, Answer>(answerAll: AnswerAll<Asked, Answer>): (asked: Asked) => Promise<Answer> {
  let waiting: Waiting<Asked, Answer>[] = [];

  function askAll(): void {
    const all = waiting;
    waiting = [];
    if (all.length > 0) void settle(all);
  }

  async function settle(all: readonly Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await answerAll(all.map(({ asked }) => asked));
      answers.forEach((answer, at) => all[at]?.resolve(answer));
    } catch (thrown) {
      for (const { reject } of all) reject(thrown);
    }
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(askAll);
      waiting.push({ asked, resolve, reject });
      if (waiting.length === AT_ONCE) askAll();
    });
}
