// @ts-check
const colour = '#ffd23f';
const shade = 'rgba(0, 0, 0, .65)';

/**
 * Draws zones and lines over the picture, each with its name; on a line an arrow shows forward.
 * @param {CanvasRenderingContext2D} context
 * @param {{ width: number, height: number }} size in page pixels
 * @param {ZoneStatus[]} zones
 */
export function drawZones(context, size, zones) {
  for (const { name, kind, points, inside } of zones) {
    const corners = points.map(([x, y]) => ({ x: x * size.width, y: y * size.height }));
    if (kind === 'line') drawLine(context, corners);
    else drawPolygon(context, corners, inside.length > 0);
    drawName(context, size, name, kind === 'line' ? corners[0] : topOf(corners));
  }
}

/**
 * Draws what has been drawn of a new zone or line.
 * @param {CanvasRenderingContext2D} context
 * @param {{ width: number, height: number }} size in page pixels
 * @param {{ points: readonly Point[], kind: 'zone' | 'line', pointer: Point | null }} draft points and pointer in shares of the frame
 */
export function drawDraft(context, size, { points, kind, pointer }) {
  const open = pointer && points.length > 0 && (kind === 'zone' || points.length < 2);
  const corners = (open ? [...points, pointer] : points).map(({ x, y }) => ({ x: x * size.width, y: y * size.height }));
  if (kind === 'line' && corners.length === 2) drawLine(context, corners);
  else if (corners.length > 1) drawPolygon(context, corners, false, [6, 4]);
  for (const { x, y } of corners.slice(0, points.length)) {
    context.fillStyle = colour;
    context.strokeStyle = shade;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** @param {CanvasRenderingContext2D} context @param {Point[]} corners @param {boolean} filled @param {number[]} [dash] */
function drawPolygon(context, corners, filled, dash = []) {
  stroke(context, () => {
    for (const { x, y } of corners) context.lineTo(x, y);
    context.closePath();
  }, dash);
  context.fillStyle = filled ? 'rgba(255, 210, 63, .28)' : 'rgba(255, 210, 63, .1)';
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {Point[]} corners */
function drawLine(context, [from, to]) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  // Forward is to the right, seen from the first point.
  const [right, along] = [{ x: -dy / length, y: dx / length }, { x: dx / length, y: dy / length }];
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const tip = { x: middle.x + 22 * right.x, y: middle.y + 22 * right.y };
  stroke(context, () => {
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.moveTo(middle.x, middle.y);
    context.lineTo(tip.x, tip.y);
    for (const side of [-6, 6]) {
      context.moveTo(tip.x, tip.y);
      context.lineTo(tip.x - 8 * right.x + side * along.x, tip.y - 8 * right.y + side * along.y);
    }
  });
}

/** @param {CanvasRenderingContext2D} context @param {{ width: number, height: number }} size @param {string} name @param {Point} at */
function drawName(context, size, name, at) {
  context.font = '600 12px system-ui, sans-serif';
  const x = Math.max(4, Math.min(size.width - context.measureText(name).width - 4, at.x + 6));
  const y = Math.max(14, Math.min(size.height - 6, at.y + 16));
  context.lineWidth = 3;
  context.strokeStyle = '#000c';
  context.fillStyle = '#fff';
  context.strokeText(name, x, y);
  context.fillText(name, x, y);
}

/** @param {Point[]} corners */
const topOf = corners => corners.reduce((top, corner) => (corner.y < top.y || (corner.y === top.y && corner.x < top.x) ? corner : top));

/**
 * In the zones' colour on a dark outline, visible on any background.
 * @param {CanvasRenderingContext2D} context
 * @param {() => void} path
 * @param {number[]} [dash]
 */
function stroke(context, path, dash = []) {
  for (const [ink, width] of /** @type {[string, number][]} */ ([[shade, 4], [colour, 2]])) {
    context.strokeStyle = ink;
    context.lineWidth = width;
    context.setLineDash(ink === colour ? dash : []);
    context.beginPath();
    path();
    context.stroke();
  }
  context.setLineDash([]);
}
