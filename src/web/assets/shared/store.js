/** A value that several parts of a page share: they are told when it changes. */

import { useEffect, useState } from "../modules/preact.js";

/**
 * @template T
 * @typedef {object} Store
 * @property {() => T} get
 * @property {(next: T) => void} set
 * @property {(change: (now: T) => T) => void} change
 * @property {(listener: () => void) => () => void} follow Answers how to stop.
 */

/**
 * @template T
 * @param {T} first
 * @returns {Store<T>}
 */
export function createStore(first) {
  let value = first;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @param {T} next */
  function set(next) {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of listeners) listener();
  }
  return {
    get: () => value,
    set,
    change: (change) => set(change(value)),
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * The store's value, and a new rendering whenever it changes.
 * @template T
 * @param {Store<T>} store
 * @returns {T}
 */
export function useStore(store) {
  const [, again] = useState(0);
  useEffect(() => {
    const heard = () => again((count) => count + 1);
    heard();
    return store.follow(heard);
  }, [store]);
  return store.get();
}
