/** How the story looks on the terminal: titles, requests, answers and what was checked. */

import { styleText } from "node:util";
import type { Check } from "./check.ts";
import type { Answer, Request } from "./exchange.ts";
import { readableJson } from "./readable-json.ts";

type Style = Parameters<typeof styleText>[0];

export interface Screen {
  title(number: number, text: string): void;
  request(request: Request, asked: string): void;
  /** `text` where the step has a better way to show its answer than JSON. */
  answer(answer: Answer, text: string | undefined): void;
  check(check: Check): void;
  verdict(text: string, isGood: boolean): void;
}

export function createScreen({ write, colours }: { write(text: string): void; colours: boolean }): Screen {
  const paint = (style: Style, text: string) => (colours ? styleText(style, text, { validateStream: false }) : text);
  const block = (text: string) => write(`${paint("dim", text.replaceAll(/^(?=.)/gm, "      "))}\n`);

  return {
    title: (number, text) => write(`\n${paint("bold", `${number}. ${text}`)}\n`),
    request({ method, path, body }, asked) {
      write(`   ${paint("cyan", `${method} ${path}`)}${paint("dim", `  to ${asked}`)}\n`);
      if (body !== undefined) block(readableJson(body));
    },
    answer({ status, body }, text) {
      write(`   ${paint(status < 400 ? "cyan" : "yellow", `${status}`)}\n`);
      block(text ?? readableJson(body));
    },
    check: ({ claim, problem }) =>
      write(
        problem === undefined
          ? `   ${paint("green", "✓")} ${claim}\n`
          : `   ${paint("red", `✗ ${claim}: ${problem}`)}\n`,
      ),
    verdict: (text, isGood) => write(`\n${paint(["bold", isGood ? "green" : "red"], text)}\n`),
  };
}
