// @ts-check
// COCO compressed RLE: alternating runs of background and object in column-major order; from the fourth run on as differences to the
// run before the last, in groups of five bits, lowest first, as characters from '0'.

/**
 * Decodes to one byte per pixel in raster order, 1 inside the object.
 * @param {Rle} rle
 */
export function decode({ size: [height, width], counts }) {
  const pixels = new Uint8Array(width * height);
  /** @type {number[]} */
  const runs = [];
  let at = 0, position = 0;
  while (at < counts.length) {
    let value = 0, shift = 0, group = 0;
    do {
      group = counts.charCodeAt(at++) - 48;
      value |= (group & 0x1f) << shift;
      shift += 5;
    } while (group & 0x20);
    if (group & 0x10) value |= -1 << shift;
    if (runs.length > 2) value += runs[runs.length - 2];
    if (runs.length % 2 === 1) fill(pixels, width, height, position, Math.min(position + value, pixels.length));
    position += value;
    runs.push(value);
  }
  return pixels;
}

/**
 * Encodes one byte per pixel in raster order; 0 is background.
 * @param {Uint8Array} pixels
 * @param {number} width
 * @param {number} height
 * @returns {Rle}
 */
export function encode(pixels, width, height) {
  /** @type {string[]} */
  const counts = [];
  let beforeLast = 0, last = 0, runs = 0;
  /** @param {number} length */
  const add = length => {
    let rest = runs > 2 ? length - beforeLast : length, more = false;
    [beforeLast, last] = [last, length];
    runs++;
    do {
      const group = rest & 0x1f;
      rest >>= 5;
      more = group & 0x10 ? rest !== -1 : rest !== 0;
      counts.push(String.fromCharCode(48 + group + (more ? 32 : 0)));
    } while (more);
  };

  let inside = false, run = 0;
  for (let x = 0; x < width; x++) {
    for (let i = x; i < pixels.length; i += width) {
      if ((pixels[i] !== 0) !== inside) {
        add(run);
        inside = !inside;
        run = 0;
      }
      run++;
    }
  }
  add(run);
  return { size: [height, width], counts: counts.join('') };
}

/**
 * Sets the pixels from start to end, in column-major order.
 * @param {Uint8Array} pixels
 * @param {number} width
 * @param {number} height
 * @param {number} start
 * @param {number} end
 */
function fill(pixels, width, height, start, end) {
  for (let i = start; i < end; i++) {
    pixels[(i % height) * width + Math.floor(i / height)] = 1;
  }
}
