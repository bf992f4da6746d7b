/** JSON for people: what fits on a line stays on it, what is long is cut. */

const WIDTH = 110;
/** A link with a token in it fits. */
const LONGEST_LINE = 150;
const MOST_LINES = 32;

export function readableJson(value: unknown): string {
  const lines = linesOf(value, "");
  if (lines.length <= MOST_LINES) return lines.map(cut).join("\n");
  const shown = lines.slice(0, MOST_LINES - 1);
  return [...shown.map(cut), `… ${lines.length - shown.length} more lines`].join("\n");
}

/** `before` is what already stands on the first line. */
function linesOf(value: unknown, before: string): string[] {
  const inline = before + onOneLine(value);
  const isLeaf = typeof value !== "object" || value === null;
  const indent = /^ */.exec(before)?.[0] ?? "";
  if (isLeaf || inline.length <= WIDTH) return [inline];
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const members = Object.entries(value).map(([name, member]) =>
    linesOf(member, `${indent}  ${Array.isArray(value) ? "" : `${JSON.stringify(name)}: `}`),
  );
  return [
    `${before}${open}`,
    ...members.flatMap((lines, at) => (at + 1 < members.length ? withComma(lines) : lines)),
    `${indent}${close}`,
  ];
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${onOneLine(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function withComma(lines: string[]): string[] {
  return [...lines.slice(0, -1), `${lines.at(-1)},`];
}

function cut(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`;
}
