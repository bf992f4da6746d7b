/** A moment: how long ago in the text, exactly when one points at it. */

import { html } from "../../modules/preact.js";
import { ago, moment } from "../model/moments.js";

/** @param {{ at: number, now: number, isExact?: boolean }} properties */
export function Moment({ at, now, isExact = false }) {
  const iso = new Date(at).toISOString();
  return html`<time class="number" datetime=${iso} title=${new Date(at).toLocaleString()}
    >${isExact ? moment(at, now) : ago(at, now)}</time
  >`;
}
