/** Small pictures, drawn in the text's colour. They decorate: the words beside them say the same. */

import { html } from "../modules/preact.js";

const PATHS = {
  phone:
    "M6.6 3h2.300c.5 0 .9.3 1 .8l.8 3.300c.1.4 0 .8-.3 1.100L8.6 9.800a12 12 0 0 0 5.6 5.600l1.6-1.800c.3-.3.7-.4 1.1-.3l3.3.8c.5.1.8.5.8 1v2.300c0 1.2-1 2.1-2.2 2A17.5 17.5 0 0 1 4.6 5.200C4.5 4 5.4 3 6.6 3Z",
  hangUp:
    "M12 9.5c-3.3 0-6.3 1-8.6 2.800-.6.5-.7 1.4-.2 2l1.2 1.600c.4.5 1.1.7 1.700.4l2.5-1.200c.5-.2.8-.7.8-1.200v-1.5a11 11 0 0 1 5.2 0v1.5c0 .5.3 1 .8 1.200l2.5 1.200c.6.3 1.3.1 1.700-.4l1.2-1.600c.5-.6.4-1.5-.2-2A14 14 0 0 0 12 9.5Z",
  incoming: "M19 5 6 18m0 0v-8m0 8h8",
  outgoing: "M5 19 18 6m0 0v8m0-8h-8",
  check: "m5 12.5 4.5 4.5L19 7.5",
  clock: "M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  alert: "M12 8v5m0 3.5v.1M12 3 2.5 20h19L12 3Z",
  back: "m14 6-6 6 6 6",
  close: "m6 6 12 12M18 6 6 18",
  search: "M15.5 15.5 20 20M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z",
  open: "M14 4h6v6m0-6-9 9M10 5H5v14h14v-5",
  again: "M20 5v5h-5M4 19v-5h5M19 10a7.5 7.5 0 0 0-13.5-2.5M5 14a7.5 7.5 0 0 0 13.5 2.5",
};

/** @param {{ name: keyof typeof PATHS, size?: number }} properties */
export function Icon({ name, size = 18 }) {
  const drawn =
    name === "phone" || name === "hangUp" ? { fill: "currentColor" } : { fill: "none", stroke: "currentColor" };
  return html`<svg
    class="icon"
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    ...${drawn}
  >
    <path d=${PATHS[name]} />
  </svg>`;
}
