/** What a command's help says, and how it is laid out. */

export interface Manual {
  /** Each way to call it. A form without a summary is shown by the command's own help alone. */
  forms: readonly { words: string; summary?: string }[];
  /** What somebody should know before; a paragraph each. */
  about?: readonly string[];
  options?: readonly Row[];
  examples?: readonly Row[];
}

export type Row = readonly [words: string, explanation: string];

/** A terminal of the usual width. */
const WIDTH = 100;

/** All forms, one under the other, as they stand behind "Usage: trunkline ". */
export function usageOf({ forms }: Manual): string {
  return forms.map(({ words }) => words).join("\n       trunkline ");
}

export function manualText(manual: Manual): string {
  const { about = [], examples = [], forms, options = [] } = manual;
  const summaries = forms.flatMap(({ words, summary }) =>
    summary === undefined ? [] : [[shortened(words), summary] as const],
  );
  const parts = [
    `Usage: trunkline ${usageOf(manual)}`,
    table(summaries),
    ...about.map((paragraph) => wrapped(paragraph, WIDTH).join("\n")),
    ...(options.length === 0 ? [] : [`Options:\n${table(options)}`]),
    ...(examples.length === 0 ? [] : [`Examples:\n${table(examples)}`]),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Two columns; a long explanation goes on below itself. */
export function table(rows: readonly Row[], width = widest(rows)): string {
  return rows
    .flatMap(([words, explanation]) => {
      const lines = wrapped(explanation, WIDTH - width - 4);
      return lines.map((line, at) => `  ${(at === 0 ? words : "").padEnd(width)}  ${line}`);
    })
    .join("\n");
}

export function widest(rows: readonly Row[]): number {
  return Math.max(...rows.map(([words]) => words.length));
}

/** Without the options: "entries show <id>" of "entries show <id> [--content] [--json]". */
export function shortened(words: string): string {
  return words.replace(/ \[.*/s, "");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
