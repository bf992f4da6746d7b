/** Keeps the keyboard's place when the thing that had it has gone. */

import { useEffect, useRef } from "../modules/preact.js";

/**
 * For the heading of what took its place: give it `ref` and `tabindex="-1"`.
 * @param {readonly unknown[]} changes When to look.
 * @returns {import("preact").RefObject<HTMLElement>}
 */
export function useLostFocus(changes) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) heading.current?.focus();
  }, [...changes]);
  return heading;
}
