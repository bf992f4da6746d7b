/** The frame around every page. */

import { type Html, html } from "./html.ts";

export function layout({ title, main }: { title: string; main: Html }): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Demo CRM</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <header><a class="home" href="/">Demo CRM</a></header>
        <main>${main}</main>
        <footer>
          A demonstration: these pages ask for no login, so keep them on your own machine. Every person and number here
          is made up.
        </footer>
      </body>
    </html> `;
}
