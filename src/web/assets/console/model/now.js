/** The server's present moment, as far as its last answer says: the browser's clock may be wrong. */

/** @import { Parts } from "../types.d.ts" */

import { useEffect, useState } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";

/** "12 s ago" and "in 12 s" must not stand still. */
const AGAIN_EVERY_MS = 5_000;

/** @param {Parts} parts */
export function useNow({ clockAhead }) {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((count) => count + 1), AGAIN_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return Date.now() + useStore(clockAhead);
}
