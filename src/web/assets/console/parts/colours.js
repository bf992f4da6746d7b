/** Colours of the style sheets as a canvas needs them, for the scheme that is shown now. */

import { useEffect, useState } from "../../modules/preact.js";

/** @returns {(name: string) => string} */
export function useColours() {
  const [, again] = useState(0);
  useEffect(() => {
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const changed = () => again((count) => count + 1);
    scheme.addEventListener("change", changed);
    return () => scheme.removeEventListener("change", changed);
  }, []);
  return colourOf;
}

/** A custom property is not resolved by itself: an element that uses it says what it comes to. @param {string} name */
function colourOf(name) {
  const probe = document.createElement("span");
  probe.style.setProperty("color", `var(${name})`);
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
