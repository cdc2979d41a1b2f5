// @ts-check
import { h } from '../vendor/preact.mjs';
import htm from '../vendor/htm.mjs';

/** Tag for markup in template strings. */
export const html = htm.bind(h);
