import { useState } from '../vendor/hooks.mjs';

/** State that this browser keeps. */
export function useKept(name, otherwise) {
  const [value, setValue] = useState(() => read(name) ?? otherwise);
  return [value, next => {
    localStorage.setItem(name, typeof next === 'string' ? next : JSON.stringify(next));
    setValue(next);
  }];
}

function read(name) {
  const text = localStorage.getItem(name);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
