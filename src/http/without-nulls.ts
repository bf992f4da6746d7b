/** Clients write both null and nothing for what they do not know. */

/** A copy in which null members, at any depth, are absent. */
export function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls);
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== null && name !== "__proto__") copy[name] = withoutNulls(member);
  }
  return copy;
}
