import { h } from '../vendor/preact.mjs';
import htm from '../vendor/htm.mjs';

/** Markup in template strings. */
export const html = htm.bind(h);
