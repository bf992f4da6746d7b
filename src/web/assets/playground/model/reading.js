/** Reads out of JSON of which nothing is known. */

/**
 * The member at the end of a path, undefined where there is none.
 * @param {unknown} value
 * @param {...(string | number)} path
 * @returns {unknown}
 */
export function at(value, ...path) {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Reflect.get(here, step);
  }
  return here;
}

/**
 * @param {unknown} value
 * @param {...(string | number)} path
 * @returns {string} Empty where there is no text.
 */
export function textAt(value, ...path) {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/**
 * @param {unknown} value
 * @param {...(string | number)} path
 * @returns {unknown[]}
 */
export function listAt(value, ...path) {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/**
 * @param {unknown} value
 * @param {...(string | number)} path
 * @returns {Record<string, unknown>}
 */
export function objectAt(value, ...path) {
  const found = at(value, ...path);
  return typeof found === "object" && found !== null ? Object.fromEntries(Object.entries(found)) : {};
}

/** @param {string} text @returns {unknown} The text itself where it is no JSON. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
