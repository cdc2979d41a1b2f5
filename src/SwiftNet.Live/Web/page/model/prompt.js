// @ts-check
import { encode } from './rle.js';

// Functions on immutable prompts: undo simply restores the previous one.

/** @type {Prompt} */
export const empty = Object.freeze({ points: [], box: null, base: null });

/** @param {Prompt} prompt */
export const isEmpty = prompt => prompt.points.length === 0 && !prompt.box && !prompt.base;

/**
 * Adds a point.
 * @param {Prompt} prompt
 * @param {number} x
 * @param {number} y
 * @param {boolean} inside
 * @returns {Prompt}
 */
export const withPoint = (prompt, x, y, inside) => ({ ...prompt, points: [...prompt.points, { x: Math.round(x), y: Math.round(y), inside }] });

/**
 * Replaces the box; corners in any order.
 * @param {Prompt} prompt
 * @param {Point} from
 * @param {Point} to
 * @returns {Prompt}
 */
export function withBox(prompt, from, to) {
  const [x, y] = [Math.round(Math.min(from.x, to.x)), Math.round(Math.min(from.y, to.y))];
  return { ...prompt, box: [x, y, Math.round(Math.max(from.x, to.x)) - x, Math.round(Math.max(from.y, to.y)) - y] };
}

/**
 * Starts from a painted mask, which includes all earlier prompts; later points add to it or remove from it.
 * @param {import('./mask.js').Mask} base
 * @returns {Prompt}
 */
export const withBase = base => ({ points: [], box: null, base });

/**
 * Converts to the service's JSON. For a correction, points (even none) refer to the object's current mask.
 * @param {Prompt} prompt
 * @param {TrackedObject | null} [target]
 */
export function toJson({ points, box, base }, target) {
  return {
    ...(box ? { box } : {}),
    ...(points.length || (target && !box && !base) ? { points } : {}),
    ...(base ? { mask_rle: encode(base.pixels, base.width, base.height) } : {}),
  };
}
