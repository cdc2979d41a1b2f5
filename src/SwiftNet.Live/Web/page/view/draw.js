// @ts-check
/**
 * Renders a mask at the frame's size: the object filled in its colour with a contour, everything else dimmed.
 * @param {import('../model/mask.js').Mask} mask
 * @param {string} colour #rrggbb
 */
export function maskPicture(mask, colour) {
  const { width, height, pixels } = mask;
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(width, height);
  const out = new Uint32Array(image.data.buffer);
  const [r, g, b] = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  // Little-endian bytes R, G, B, A.
  const fill = (0x66 << 24) | (b << 16) | (g << 8) | r;
  const line = (0xff << 24) | (b << 16) | (g << 8) | r;
  const dim = 0x70 << 24;
  const thick = Math.max(1, Math.round(height / 400));
  for (let y = 0, i = 0; y < height; y++) {
    const [above, below] = [y >= thick ? -thick * width : 0, y < height - thick ? thick * width : 0];
    for (let x = 0; x < width; x++, i++) {
      if (!pixels[i]) out[i] = dim;
      else if (pixels[i + above] && pixels[i + below] && (x < thick || pixels[i - thick]) && (x >= width - thick || pixels[i + thick])) out[i] = fill;
      else out[i] = line;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * @typedef {object} Marks
 * @property {Prompt} prompt
 * @property {{ from: Point, to: Point } | null} band the box being drawn
 * @property {Point & { radius: number } | null} brush
 * @property {Point | null} cursor the keyboard cursor
 */

/**
 * Draws points, box, brush and cursor over the picture. Positions are in frame pixels, sizes in page pixels.
 * @param {CanvasRenderingContext2D} context
 * @param {number} scale page pixels per frame pixel
 * @param {Marks} marks
 */
export function drawMarks(context, scale, { prompt, band, brush, cursor }) {
  /** @param {Point} point @returns {[number, number]} */
  const at = ({ x, y }) => [x * scale, y * scale];
  if (prompt.box) drawBox(context, /** @type {Box} */ (prompt.box.map(n => n * scale)), []);
  if (band) {
    const [x, y] = at({ x: Math.min(band.from.x, band.to.x), y: Math.min(band.from.y, band.to.y) });
    drawBox(context, [x, y, Math.abs(band.to.x - band.from.x) * scale, Math.abs(band.to.y - band.from.y) * scale], [6, 4]);
  }
  for (const point of prompt.points) drawPoint(context, ...at(point), point.inside);
  if (brush) ring(context, ...at(brush), brush.radius * scale);
  if (cursor) drawCross(context, ...at(cursor));
}

/**
 * Draws the windows that the network processes, each with its ratio of network pixels to camera pixels.
 * @param {CanvasRenderingContext2D} context
 * @param {number} scale page pixels per frame pixel
 * @param {WindowStatus[]} windows
 */
export function drawWindows(context, scale, windows) {
  for (const { x, y, width, height, detail } of windows) {
    drawBox(context, [(x * scale) + 1, (y * scale) + 1, (width * scale) - 2, (height * scale) - 2], [2, 3]);
    context.font = '12px system-ui, sans-serif';
    context.lineWidth = 3;
    context.setLineDash([]);
    context.strokeStyle = '#000c';
    context.fillStyle = '#fff';
    context.strokeText(detail, (x * scale) + 6, (y * scale) + 16);
    context.fillText(detail, (x * scale) + 6, (y * scale) + 16);
  }
}

/**
 * White on a dark outline, visible on any background.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {() => void} draw
 * @param {number[]} [dash]
 */
function twice(context, width, draw, dash = []) {
  for (const [colour, extra] of /** @type {[string, number][]} */ ([['rgba(0, 0, 0, .65)', 2], ['#fff', 0]])) {
    context.strokeStyle = colour;
    context.lineWidth = width + extra;
    context.setLineDash(extra ? [] : dash);
    context.beginPath();
    draw();
    context.stroke();
  }
  context.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {number[]} dash */
function drawBox(context, [x, y, width, height], dash) {
  twice(context, 2, () => context.rect(x, y, width, height), dash);
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius */
function ring(context, x, y, radius) {
  twice(context, 1.5, () => context.arc(x, y, Math.max(1, radius), 0, 2 * Math.PI));
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y */
function drawCross(context, x, y) {
  twice(context, 2, () => {
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 14 * dx, y + 14 * dy);
    }
  });
}

/**
 * A plus or minus in a disc, so that the meaning does not depend on colour alone.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {boolean} inside
 */
function drawPoint(context, x, y, inside) {
  context.fillStyle = inside ? '#12843f' : '#c5221f';
  context.strokeStyle = '#fff';
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.beginPath();
  context.moveTo(x - 4, y);
  context.lineTo(x + 4, y);
  if (inside) {
    context.moveTo(x, y - 4);
    context.lineTo(x, y + 4);
  }
  context.stroke();
}
