/** A page that only says something: what was not found, or why something cannot go on. */

import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";

export function messagePage({ title, text }: { title: string; text: string }): Html {
  return layout({
    title,
    main: html`<h1>${title}</h1>
      <p>${text}</p>
      <p><a href="/">All contacts</a></p>`,
  });
}
