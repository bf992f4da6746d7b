/** Keeps the values of a label few: each makes a series that Prometheus keeps, and some come from outside. */

/** Passes the first so many different values; whatever comes later is "other". */
export function boundedLabel(limit: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= limit) return "other";
    known.add(value);
    return value;
  };
}
