/** The CRM's own book of the day: when which call and text was written into it, and what its record says in the end. */

export interface CallRecord {
  /** One for each record; epoch milliseconds. */
  createdAt: number[];
  recordingAt: number | undefined;
  aiNoteAt: number | undefined;
  /** What the newest version of the record still holds. */
  holds: { note: boolean; recording: boolean; aiNote: boolean };
}

export interface Book {
  written(activity: unknown, isNew: boolean): void;
  calls(): [number: string, record: CallRecord][];
  /** Records for each text. */
  texts(): [number: string, records: number][];
}

/** Words by which a record shows what it holds; the call's number is part of each. */
export const WORDS = {
  note: (number: string) => `Asked about order-${number}.`,
  recording: (number: string) => `https://media.example.com/recording-${number}`,
  aiNote: (number: string) => `The caller wants offer-${number} by Friday.`,
  text: (number: string) => `Thank you for calling, here is text-${number}.`,
};

export function createBook(): Book {
  const calls = new Map<string, CallRecord>();
  const texts = new Map<string, number>();
  /** The call of each record: an update may have lost the words by which it could be told. */
  const callOf = new Map<string, string>();
  return {
    written(activity, isNew) {
      const { id, body } = membersOf(activity);
      const text = /text-(\d+)/.exec(body)?.[1];
      if (isNew && text !== undefined) texts.set(text, (texts.get(text) ?? 0) + 1);
      const number = callOf.get(id) ?? /order-(\d+)/.exec(body)?.[1];
      if (number === undefined) return;
      callOf.set(id, number);
      const now = Date.now();
      const present = calls.get(number);
      const holds = {
        note: body.includes(`order-${number}`),
        recording: body.includes(`recording-${number}`),
        aiNote: body.includes(`offer-${number}`),
      };
      calls.set(number, {
        createdAt: [...(present?.createdAt ?? []), ...(isNew ? [now] : [])],
        recordingAt: present?.recordingAt ?? (holds.recording ? now : undefined),
        aiNoteAt: present?.aiNoteAt ?? (holds.aiNote ? now : undefined),
        holds,
      });
    },
    calls: () => [...calls],
    texts: () => [...texts],
  };
}

function membersOf(activity: unknown): { id: string; body: string } {
  if (typeof activity !== "object" || activity === null) return { id: "", body: "" };
  const { id, body }: { id?: unknown; body?: unknown } = activity;
  return { id: typeof id === "string" ? id : "", body: typeof body === "string" ? body : "" };
}
