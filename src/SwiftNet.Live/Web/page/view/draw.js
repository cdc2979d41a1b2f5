/** A mask as a picture of the frame's size: the object in its colour within a contour, all else dimmed. */
export function maskPicture(mask, colour) {
  const { width, height, pixels } = mask;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  const out = new Uint32Array(image.data.buffer);
  const [r, g, b] = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  // Bytes R, G, B, A, lowest first.
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

/** Draws points, box, brush and cursor over the picture. Positions are in pixels of the frame, sizes in those of the page. */
export function drawMarks(context, scale, { prompt, band, brush, cursor }) {
  const at = ({ x, y }) => [x * scale, y * scale];
  if (prompt.box) drawBox(context, prompt.box.map(n => n * scale), []);
  if (band) {
    const [x, y] = at({ x: Math.min(band.from.x, band.to.x), y: Math.min(band.from.y, band.to.y) });
    drawBox(context, [x, y, Math.abs(band.to.x - band.from.x) * scale, Math.abs(band.to.y - band.from.y) * scale], [6, 4]);
  }
  for (const point of prompt.points) drawPoint(context, ...at(point), point.inside);
  if (brush) ring(context, ...at(brush), brush.radius * scale);
  if (cursor) drawCross(context, ...at(cursor));
}

// Light on dark, so that it stands out before anything.
function twice(context, width, draw, dash = []) {
  for (const [colour, extra] of [['rgba(0, 0, 0, .65)', 2], ['#fff', 0]]) {
    context.strokeStyle = colour;
    context.lineWidth = width + extra;
    context.setLineDash(extra ? [] : dash);
    context.beginPath();
    draw();
    context.stroke();
  }
  context.setLineDash([]);
}

function drawBox(context, [x, y, width, height], dash) {
  twice(context, 2, () => context.rect(x, y, width, height), dash);
}

function ring(context, x, y, radius) {
  twice(context, 1.5, () => context.arc(x, y, Math.max(1, radius), 0, 2 * Math.PI));
}

function drawCross(context, x, y) {
  twice(context, 2, () => {
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 14 * dx, y + 14 * dy);
    }
  });
}

// A plus or a minus in a disc: the sign tells, not the colour alone.
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
