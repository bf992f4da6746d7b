/** Whole lines of a text: finding a run of them, replacing it, and telling a person's lines from ours. */

/** Whether two texts differ at most in white space, which CRM editors rearrange. */
export function sameWords(one: string, other: string): boolean {
  return one === other || one.replace(/\s+/g, " ").trim() === other.replace(/\s+/g, " ").trim();
}

/** Whether `run` stands in `text` as whole lines; an empty run stands nowhere. */
export function hasRun(text: string, run: string): boolean {
  return run !== "" && indexOfRun(folded(text), folded(run)) >= 0;
}

/** Replaces the first whole-line `run`. */
export function replaceRun(text: string, run: string, replacement: string): string {
  const at = indexOfRun(folded(text), folded(run));
  if (at < 0) return text;
  const lines = text.split("\n");
  const after = lines.slice(at + run.split("\n").length);
  return [...lines.slice(0, at), ...(replacement === "" ? [] : [replacement]), ...after].join("\n");
}

/** Replaces every whole-line `run` by a shorter part of it, also those that come together only now. */
export function dropRuns(text: string, run: string, shorter: string): string {
  let rest = text;
  while (hasRun(rest, run)) rest = replaceRun(rest, run, shorter);
  return rest;
}

/** The lines of `text` that are not lines of `ours`, each of ours counted as often as it stands there. */
export function personsLines(text: string, ours: string): string {
  const left = new Map<string, number>();
  for (const line of folded(ours)) left.set(line, (left.get(line) ?? 0) + 1);
  const persons = text.split("\n").filter((line) => {
    const count = left.get(fold(line)) ?? 0;
    left.set(fold(line), count - 1);
    return count <= 0;
  });
  return persons.join("\n");
}

function folded(text: string): string[] {
  return text.split("\n").map(fold);
}

function fold(line: string): string {
  return line.replace(/\s+/g, " ").trim();
}

function indexOfRun(lines: readonly string[], run: readonly string[]): number {
  return lines.findIndex((_, at) => run.every((line, index) => lines[at + index] === line));
}
