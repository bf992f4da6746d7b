/** What an answer holds, in the terms of the contract. */

import { at, textAt } from "../../../testing/wire.ts";
import { must, Unmet } from "./check.ts";
import type { Answer } from "./http.ts";

/** The JSON object of a 200; anything else is not what the extension can read. */
export function objectOf(answer: Answer): object {
  must(answer.status === 200, answer.line);
  return anyObjectOf(answer);
}

export function anyObjectOf({ body, line }: Answer): object {
  if (isObject(body)) return body;
  throw new Unmet(`no JSON object, but ${line}`);
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Ids may be texts or numbers, but must be there. */
export function isId(value: unknown): value is string | number {
  return isText(value) || typeof value === "number";
}

/** What the extension would show of a refusal: a plain sentence, neither JSON nor a page. */
export function sentenceOf({ body, text }: Answer): string | undefined {
  const said = typeof body === "string" ? body : body === undefined ? text : "";
  return said.trim() === "" || said.trimStart().startsWith("<") ? undefined : said;
}

export function isRefusal({ status }: Answer): boolean {
  return status >= 400 && status < 500;
}

/** A notice with the members that the extension needs to show it. */
export function isNotice(value: unknown): boolean {
  return isText(at(value, "message")) && isText(at(value, "messageType"));
}

/** Why something was not done, as the extension shows it. */
export function reasonIn(body: unknown): string {
  return textAt(body, "returnMessage", "message");
}

/** A refusal in a sentence, or `successful: false` with a notice: never a success, a crash or silence. */
export function mustRefuse(answer: Answer): void {
  const isAnswered = answer.status === 200 && at(answer.body, "successful") === false;
  if (isAnswered) must(reasonIn(answer.body) !== "", `no reason to show: ${answer.line}`);
  else must(isRefusal(answer) && sentenceOf(answer) !== undefined, answer.line);
}
