/** A log's text as a person reads it, whatever format the CRM keeps it in. */

/** Each stands on a line of its own. */
const BLOCKS = "p, div, li, ul, h1, h2, h3, h4, br";

/** Markup is parsed in a document that runs nothing and loads nothing, and only its text is taken. @param {string} body */
export function readable(body) {
  if (!/<\/?(?:p|div|li|ul|br|b|a|h\d)\b/i.test(body)) return body;
  const parsed = new DOMParser().parseFromString(body, "text/html");
  for (const block of parsed.querySelectorAll(BLOCKS)) block.append("\n");
  for (const item of parsed.querySelectorAll("li")) item.prepend("· ");
  return (parsed.body.textContent ?? "").replaceAll(/\n{3,}/g, "\n\n").trim();
}
