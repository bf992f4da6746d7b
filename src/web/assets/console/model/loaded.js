/** What the server says at a path, and again whenever something has happened; what was there stays until the new is. */

/** @import { Parts } from "../types.d.ts" */

import { useEffect, useState } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";

/**
 * @template T
 * @typedef {object} Loaded
 * @property {T | undefined} value
 * @property {string | undefined} problem A sentence.
 * @property {() => void} again
 */

/**
 * @template T
 * @param {Parts} parts
 * @param {string | undefined} path Undefined: nothing is asked.
 * @returns {Loaded<T>}
 */
export function useLoaded({ api, tick }, path) {
  /** @type {{ path: string | undefined, value: T | undefined, problem: string | undefined }} */
  const nothing = { path, value: undefined, problem: undefined };
  const [loaded, set] = useState(nothing);
  const [asked, again] = useState(0);
  const ticked = useStore(tick);
  useEffect(() => {
    if (path === undefined) return undefined;
    let isOver = false;
    api.ask(path).then(
      (value) => isOver || set({ path, value, problem: undefined }),
      (/** @type {Error} */ { message }) =>
        isOver || set((before) => ({ path, value: before.path === path ? before.value : undefined, problem: message })),
    );
    return () => {
      isOver = true;
    };
  }, [api, path, ticked, asked]);
  const isThis = loaded.path === path;
  return {
    value: isThis ? loaded.value : undefined,
    problem: isThis ? loaded.problem : undefined,
    again: () => again((count) => count + 1),
  };
}
