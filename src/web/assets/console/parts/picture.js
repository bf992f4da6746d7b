/** A picture in its frame: what it shows, its legend with the figures under the pointer, and all figures as a table. */

/** @import { Series } from "../types.d.ts" */

import { html } from "../../modules/preact.js";

/**
 * @typedef {object} PictureProperties
 * @property {string} title
 * @property {string} total
 * @property {Series[]} series
 * @property {readonly string[]} names Of the points.
 * @property {number | undefined} at The point under the pointer.
 * @property {(value: number) => string} say
 * @property {(values: readonly (number | null)[]) => string} [sumUp] Of a whole series, where that says something.
 * @property {unknown} [children]
 */

/** @param {PictureProperties} properties */
export function Picture({ title, total, series, names, at, say, sumUp, children }) {
  /** @param {number | null | undefined} value */
  const said = (value) => (value === null || value === undefined ? "—" : say(value));
  const filled = names
    .map((name, row) => ({ name, row }))
    .filter(({ row }) => series.some(({ values }) => values[row]));
  return html`<figure class="card part picture">
    <figcaption class="row is-apart">
      <h3>${title}</h3>
      <span class="quiet small number">${at === undefined ? total : names[at]}</span>
    </figcaption>
    ${children}
    <ul class="legend">
      ${series.map(
        ({ name, colour, values }) =>
          html`<li>
            <span class="swatch is${colour}" aria-hidden="true"></span>${name}${" "}
            <span class="number quiet">${at === undefined ? sumUp?.(values) : said(values[at])}</span>
          </li>`,
      )}
    </ul>
    <details>
      <summary class="small">As a table</summary>
      <div class="scrolled" tabindex="0" role="group" aria-label="${title}, as a table">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Time</th>
              ${series.map(({ name }) => html`<th scope="col" class="is-end">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${filled.map(
              ({ name, row }) =>
                html`<tr>
                  <th scope="row" class="number">${name}</th>
                  ${series.map(({ values }) => html`<td class="number is-end">${said(values[row])}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </figure>`;
}
