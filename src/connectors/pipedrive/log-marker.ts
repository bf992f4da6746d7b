/** The line at the end of a note by which a record of ours is found again. */

/**
 * Plain words in a paragraph of their own: Pipedrive sanitises notes ("HTML format, subject to sanitization on the back-end", API
 * reference, Notes), so comments, hidden elements and unusual attributes cannot be relied on, but text stays.
 */
export function withMarker(note: string, marker: string): string {
  return `${note}<p>${LABEL} ${marker}</p>`;
}

/** A note as people and the log-body code know it, and the line as it stands there, wherever an editor moved it. */
export function apart(note: string): { text: string; line: string } {
  const found = LINE.exec(note);
  if (found === null) return { text: note, line: "" };
  const [line] = found;
  return { text: note.slice(0, found.index) + note.slice(found.index + line.length), line };
}

export function hasMarker(note: string, marker: string): boolean {
  return note.includes(marker);
}

const LABEL = "Log id:";
const LINE = new RegExp(`(?:<(p|div)\\b[^<>]*>\\s*)?${LABEL}(?:\\s|&nbsp;)*trunkline:[\\w-]+(?:\\s*</\\1\\s*>)?`, "i");
