import { encode } from './rle.js';

// What has been pointed at on one frame. Never changed, only replaced, so that undoing is going back to the one before.

/** Nothing yet. */
export const empty = Object.freeze({ points: [], box: null, base: null });

export const isEmpty = prompt => prompt.points.length === 0 && !prompt.box && !prompt.base;

export const withPoint = (prompt, x, y, inside) => ({ ...prompt, points: [...prompt.points, { x: Math.round(x), y: Math.round(y), inside }] });

/** With this box in place of the one before; corners in any order. */
export function withBox(prompt, from, to) {
  const [x, y] = [Math.round(Math.min(from.x, to.x)), Math.round(Math.min(from.y, to.y))];
  return { ...prompt, box: [x, y, Math.round(Math.max(from.x, to.x)) - x, Math.round(Math.max(from.y, to.y)) - y] };
}

/** A painted mask holds all that was pointed at before it: what comes later adds to it or takes from it. */
export const withBase = base => ({ points: [], box: null, base });

/** As the service takes it. Points, even none, are about the object as it is where one is corrected. */
export function toJson({ points, box, base }, target) {
  return {
    ...(box ? { box } : {}),
    ...(points.length || (target && !box && !base) ? { points } : {}),
    ...(base ? { mask_rle: encode(base.pixels, base.width, base.height) } : {}),
  };
}
