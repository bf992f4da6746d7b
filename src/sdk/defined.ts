/** Objects without their undefined members: the difference between "not said" and "said to be nothing". */

type OptionalKeys<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];
export type Defined<T> = Omit<T, OptionalKeys<T>> & { [K in OptionalKeys<T>]?: Exclude<T[K], undefined> };

/** A copy without members that are undefined. */
export function defined<T extends object>(members: T): Defined<T>;
export function defined(members: Readonly<Record<string, unknown>>): object {
  const copy: Record<string, unknown> = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined && name !== "__proto__") copy[name] = value;
  }
  return copy;
}
