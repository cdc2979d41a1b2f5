// @ts-check
/** A mask of the frame's size: one byte per pixel in raster order, 1 inside the object. */
export class Mask {
  /**
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height, pixels = new Uint8Array(width * height)) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  copy() {
    return new Mask(this.width, this.height, this.pixels.slice());
  }

  get isEmpty() {
    return !this.pixels.includes(1);
  }

  /**
   * Sets or clears all pixels within the radius of a line between two points.
   * @param {Point} from
   * @param {Point} to
   * @param {number} radius
   * @param {boolean} inside whether to set or to clear
   */
  brush(from, to, radius, inside) {
    const value = inside ? 1 : 0;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length2 = dx * dx + dy * dy;
    const [top, bottom] = [Math.min(from.y, to.y) - radius, Math.max(from.y, to.y) + radius];
    const [left, right] = [Math.min(from.x, to.x) - radius, Math.max(from.x, to.x) + radius];
    for (let y = Math.max(0, Math.floor(top)); y <= Math.min(this.height - 1, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x <= Math.min(this.width - 1, right); x++) {
        const along = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length2));
        const [ex, ey] = [x - from.x - along * dx, y - from.y - along * dy];
        if (ex * ex + ey * ey <= radius * radius) this.pixels[y * this.width + x] = value;
      }
    }
  }
}
