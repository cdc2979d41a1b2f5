// @ts-check
import { useState } from '../vendor/hooks.mjs';

/**
 * State in the browser's local storage.
 * @template T
 * @param {string} name
 * @param {T} initial
 * @returns {[T, (next: T) => void]}
 */
export function useStored(name, initial) {
  const [value, setValue] = useState(() => /** @type {T} */ (read(name) ?? initial));
  return [value, next => {
    localStorage.setItem(name, typeof next === 'string' ? next : JSON.stringify(next));
    setValue(next);
  }];
}

/** @param {string} name */
function read(name) {
  const text = localStorage.getItem(name);
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return text;
  }
}
