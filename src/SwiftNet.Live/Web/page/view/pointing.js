// @ts-check
/**
 * @import { Editor } from '../model/editor.js'
 * @import { Screen } from './screen.js'
 * @import { Mask } from '../model/mask.js'
 */

/** Movement in page pixels beyond which a press is not a click. */
const slack = 6;

/** Converts pointer and keyboard input on the picture to points, boxes and strokes on the held frame. The first press holds the displayed frame. */
export class Pointing {
  /**
   * The box being drawn.
   * @type {{ from: Point, to: Point } | null}
   */
  band = null;
  /**
   * The keyboard cursor; null while the pointer is used.
   * @type {Point | null}
   */
  cursor = null;
  /**
   * The pointer position; null = outside.
   * @type {Point | null}
   */
  pointer = null;
  /**
   * The pointer position in shares of the frame; null = outside.
   * @type {Point | null}
   */
  share = null;
  /**
   * The mask being painted.
   * @type {Mask | null}
   */
  painting = null;

  #screen;
  #editor;
  /** @type {{ from: Point, last: Point, x: number, y: number, wasHeld: boolean, inside: boolean, moved: boolean } | null} */
  #press = null;
  /**
   * A press with the zone or line tool.
   * @type {{ at: Point, x: number, y: number } | null}
   */
  #corner = null;

  /** @param {Screen} screen @param {Editor} editor */
  constructor(screen, editor) {
    this.#screen = screen;
    this.#editor = editor;
  }

  /** Position and radius of the brush; null with other tools. */
  get brush() {
    const at = this.cursor ?? this.pointer;
    return this.#paints && at ? { ...at, radius: this.#editor.brush } : null;
  }

  get #paints() {
    return this.#editor.tool === 'paint' || this.#editor.tool === 'erase';
  }

  /** @param {PointerEvent} e */
  down(e) {
    if (!e.isPrimary || (e.button !== 0 && e.button !== 2) || this.#editor.saving) return;
    if (this.#editor.zoneKind) {
      this.cursor = null;
      this.#corner = { at: this.#screen.toShare(e), x: e.clientX, y: e.clientY };
      return;
    }
    const wasHeld = this.#editor.held !== null;
    if (!this.#screen.hold()) return;
    const at = this.#screen.toFrame(e);
    const other = e.button === 2 || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey;
    this.cursor = null;
    this.#press = { from: at, last: at, x: e.clientX, y: e.clientY, wasHeld, inside: (this.#editor.tool !== 'exclude') !== other, moved: false };
    if (e.pointerType !== 'touch' || this.#paints || this.#editor.tool === 'box') /** @type {Element} */ (e.target).setPointerCapture(e.pointerId);
    if (this.#paints) this.#stroke(at, at);
  }

  /** @param {PointerEvent} e */
  move(e) {
    this.share = this.#screen.toShare(e);
    const at = this.pointer = this.#screen.toFrame(e);
    const press = this.#press;
    if (press) {
      press.moved ||= Math.hypot(e.clientX - press.x, e.clientY - press.y) > slack;
      if (this.painting) this.#stroke(press.last, at);
      else if (press.moved && this.#drags(press, e)) this.band = { from: press.from, to: at };
      press.last = at;
    }
    this.#screen.redraw();
  }

  /** @param {PointerEvent} e */
  up(e) {
    this.#placeCorner(e);
    const press = this.#press;
    if (!press) return;
    this.#press = null;
    this.#editor.pointedAt = e.timeStamp;
    if (this.painting) this.#finishPainting(this.painting);
    else if (this.band) this.#finishBox(this.band);
    else if (this.#editor.tool === 'box') this.#screen.announce('Drag a box around the object.');
    else if (!press.moved) this.#editor.point(press.from.x, press.from.y, press.inside);
  }

  /** Cancels the press, for example because it became a scroll. */
  cancel() {
    const press = this.#press;
    this.#corner = null;
    this.#press = this.band = this.painting = null;
    if (press && !press.wasHeld && !this.#editor.hasPrompt) this.#editor.release();
    this.#screen.redraw();
  }

  leave() {
    this.pointer = this.share = null;
    this.#screen.redraw();
  }

  /**
   * Handles a key; returns whether it was used.
   * @param {KeyboardEvent} e
   */
  key(e) {
    /** @type {Record<string, [number, number]>} */
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[e.key];
    if (step && !e.ctrlKey && !e.metaKey && !e.altKey) return this.#step(...step, e.shiftKey);
    if ((e.key === 'Enter' || e.key === ' ') && !e.ctrlKey && !e.metaKey) return this.#place(e);
    if (e.key === 'Escape' && this.band) {
      this.band = null;
      this.#screen.redraw();
      return true;
    }
    return false;
  }

  /**
   * Whether a movement draws a box; a moving finger scrolls the page, except with the box tool.
   * @param {{ inside: boolean }} press
   * @param {PointerEvent} e
   */
  #drags(press, e) {
    return this.#editor.tool === 'box' || (this.#editor.tool === 'include' && press.inside && e.pointerType !== 'touch');
  }

  /** @param {number} dx @param {number} dy @param {boolean} fine */
  #step(dx, dy, fine) {
    if (!this.#screen.hold() || !this.#editor.held) return true;
    const { width, height } = this.#editor.held;
    const pace = fine ? 1 : Math.max(2, Math.round(width / 64));
    const from = this.cursor ?? { x: Math.round(width / 2), y: Math.round(height / 2) };
    this.cursor = {
      x: Math.max(0, Math.min(width - 1, from.x + dx * pace)),
      y: Math.max(0, Math.min(height - 1, from.y + dy * pace)),
    };
    if (this.band) this.band = { from: this.band.from, to: this.cursor };
    this.#screen.announce(`${this.cursor.x}, ${this.cursor.y}`);
    this.#screen.redraw();
    return true;
  }

  /** @param {KeyboardEvent} e */
  #place(e) {
    if (!this.cursor) return this.#step(0, 0, true);
    const { tool, held, zoneKind } = this.#editor;
    if (zoneKind && held) {
      this.#editor.draft.add({ x: (this.cursor.x + 0.5) / held.width, y: (this.cursor.y + 0.5) / held.height }, zoneKind);
      return true;
    }
    this.#editor.pointedAt = e.timeStamp;
    if (this.#paints) {
      this.#finishPainting(this.#stroke(this.cursor, this.cursor));
    } else if (tool === 'box' && !this.band) {
      this.band = { from: this.cursor, to: this.cursor };
      this.#screen.announce('The first corner is set. Move to the opposite corner, then press Enter.');
    } else if (this.band) {
      this.#finishBox(this.band);
    } else {
      this.#editor.point(this.cursor.x, this.cursor.y, (tool === 'include') !== e.shiftKey);
    }
    return true;
  }

  /**
   * A press that did not become a scroll is a corner of a zone or an end of a line.
   * @param {PointerEvent} e
   */
  #placeCorner(e) {
    const { zoneKind, draft } = this.#editor;
    if (this.#corner && zoneKind && Math.hypot(e.clientX - this.#corner.x, e.clientY - this.#corner.y) <= slack) {
      draft.add(this.#corner.at, zoneKind);
    }
    this.#corner = null;
  }

  /** @param {Point} from @param {Point} to */
  #stroke(from, to) {
    const mask = this.painting ??= this.#editor.canvas();
    mask.brush(from, to, this.#editor.brush, this.#editor.tool === 'paint');
    this.#screen.redraw();
    return mask;
  }

  /** @param {Mask} mask */
  #finishPainting(mask) {
    this.painting = null;
    this.#editor.paint(mask);
  }

  /** @param {{ from: Point, to: Point }} band */
  #finishBox({ from, to }) {
    this.band = null;
    this.#editor.box(from, to);
  }
}
