/** A request as it reached a fake, and how many rounds a set of them took. */

export interface RecordedRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed; undefined where there was none. */
  body: unknown;
  /** Undefined where it was never answered. */
  status: number | undefined;
  /** Milliseconds; `endedAt` is undefined while it is not answered. */
  startedAt: number;
  endedAt: number | undefined;
}

/** "GET /api/v2/persons/search", in the order of arrival. */
export function linesOf(requests: readonly RecordedRequest[]): string[] {
  return requests.map(({ method, path }) => `${method} ${path}`);
}

/**
 * How many rounds a person waits for: the longest chain of requests of which none overlaps the one before. Requests overlap
 * reliably only where the fake answers with a delay (`answersAfterMs`).
 */
export function roundsOf(requests: readonly RecordedRequest[]): number {
  let rounds = 0;
  let lastEnd = -Infinity;
  const byEnd = requests.toSorted((one, other) => (one.endedAt ?? Infinity) - (other.endedAt ?? Infinity));
  for (const { startedAt, endedAt = Infinity } of byEnd) {
    if (startedAt < lastEnd) continue;
    rounds += 1;
    lastEnd = endedAt;
  }
  return rounds;
}
