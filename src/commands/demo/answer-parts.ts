/** Reads answers whose shape nobody vouches for. */

/** The value at the end of a path through answers of unknown shape; undefined where the path ends early. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inside, step) => {
    if (typeof inside !== "object" || inside === null || !Object.hasOwn(inside, step)) return undefined;
    const next: unknown = Reflect.get(inside, step);
    return next;
  }, value);
}

/** As `at`, for a text that later steps send on; "" where there is none. */
export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/** As `at`, for a list; empty where there is none. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
