/** The three-way merge of one value: what we wrote, what stands in the CRM, what we want there now. */

import { tidy } from "./part-value.ts";
import { dropRuns, hasRun, personsLines, replaceRun, sameWords } from "./text-runs.ts";

/**
 * What we did not write is a person's and stays; what we wrote gives way to what is wanted. An empty `base` means that nothing
 * there is ours; an empty `wanted` takes our text away. Merging the outcome again changes nothing.
 */
export function mergeText(base: string, current: string, wanted: string): string {
  const [ours, standing, next] = [tidy(base), tidy(current), tidy(wanted)];
  const kept = personsLines(standing, ours);
  const candidates = [propose(ours, standing, next), joined(next, kept), joined(next, standing)];
  // Where an outcome reads like our old text, a second merge would take it for untouched: then the next candidate, more
  // cautious, is taken, and at last the text as it stands.
  return candidates.find((candidate) => propose(ours, candidate, next) === candidate) ?? standing;
}

function propose(base: string, current: string, wanted: string): string {
  return tidy(proposal(base, current, wanted));
}

function proposal(base: string, current: string, wanted: string): string {
  if (sameWords(current, base)) return wanted;
  if (sameWords(current, wanted)) return current;
  const shrinks = wanted === "" || (hasRun(base, wanted) && !sameWords(base, wanted));
  if (shrinks && hasRun(current, base)) return dropRuns(current, base, wanted);
  if (touching(wanted, current)) return wanted;
  if (hasRun(current, wanted) || attached(current, wanted)) return current;
  // Somebody edited in our own form what also stands in the CRM: their lines come back with what is wanted.
  const added = personsLines(current, base);
  if (personsLines(added, wanted) === "") return wanted;
  if (hasRun(current, base)) return replaceRun(current, base, wanted);
  const inline = attached(current, base);
  if (inline)
    return wanted === "" ? `${inline.before}${inline.after}`.trim() : `${inline.before}${wanted}${inline.after}`;
  return joined(wanted, added);
}

/** Whether `text` holds all of `piece`, not cut out of longer words. */
function touching(text: string, piece: string): boolean {
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1))
    if (isBetweenWords(text, at) && isBetweenWords(text, at + piece.length)) return true;
  return false;
}

/** What a person wrote before or after `piece` on the same line, such as "(he was angry)". */
function attached(text: string, piece: string): { before: string; after: string } | undefined {
  if (piece === "" || text.length <= piece.length) return undefined;
  const [start, after] = [text.length - piece.length, text.slice(piece.length)];
  if (text.startsWith(piece) && isBetweenWords(text, piece.length) && !after.startsWith("\n"))
    return { before: "", after };
  if (text.endsWith(piece) && isBetweenWords(text, start) && text[start - 1] !== "\n")
    return { before: text.slice(0, start), after: "" };
  return undefined;
}

function isBetweenWords(text: string, at: number): boolean {
  return !(/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at)) && /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2)));
}

function joined(wanted: string, kept: string): string {
  return tidy([wanted, kept].filter((text) => text !== "").join("\n"));
}
