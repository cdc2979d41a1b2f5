/** Movement in pixels of the page beyond which a press is no click. */
const slack = 6;

/** Pointer and keys over the picture, turned into points, boxes and strokes on the frame that is held. The first press holds the frame that was seen. */
export class Pointing {
  /** The box that is being drawn: { from, to }. */
  band = null;
  /** Where the keyboard's cursor is; null while the pointer is used. */
  cursor = null;
  /** Where the pointer is; null outside. */
  pointer = null;
  /** The mask that is being painted. */
  painting = null;

  #screen;
  #editor;
  #press = null;

  /** @param screen the element with the picture: toFrame(event), hold() → whether a frame is held, redraw(), say(text). */
  constructor(screen, editor) {
    this.#screen = screen;
    this.#editor = editor;
  }

  /** The brush: where, and how large; null with other tools. */
  get brush() {
    const at = this.cursor ?? this.pointer;
    return this.#paints && at ? { ...at, radius: this.#editor.brush } : null;
  }

  get #paints() {
    return this.#editor.tool === 'paint' || this.#editor.tool === 'erase';
  }

  down(e) {
    if (!e.isPrimary || (e.button !== 0 && e.button !== 2) || this.#editor.saving) return;
    const wasHeld = this.#editor.held !== null;
    if (!this.#screen.hold()) return;
    const at = this.#screen.toFrame(e);
    const other = e.button === 2 || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey;
    this.cursor = null;
    this.#press = { from: at, last: at, x: e.clientX, y: e.clientY, wasHeld, inside: (this.#editor.tool !== 'exclude') !== other, moved: false };
    if (e.pointerType !== 'touch' || this.#paints || this.#editor.tool === 'box') e.target.setPointerCapture(e.pointerId);
    if (this.#paints) this.#stroke(at, at);
  }

  move(e) {
    const at = this.pointer = this.#screen.toFrame(e);
    const press = this.#press;
    if (press) {
      press.moved ||= Math.hypot(e.clientX - press.x, e.clientY - press.y) > slack;
      if (this.painting) this.#stroke(press.last, at);
      else if (press.moved && this.#drags(e)) this.band = { from: press.from, to: at };
      press.last = at;
    }
    this.#screen.redraw();
  }

  up(e) {
    const press = this.#press;
    if (!press) return;
    this.#press = null;
    this.#editor.pointedAt = e.timeStamp;
    if (this.painting) this.#finishPainting();
    else if (this.band) this.#finishBox();
    else if (this.#editor.tool === 'box') this.#screen.say('Drag a box around the object.');
    else if (!press.moved) this.#editor.point(press.from.x, press.from.y, press.inside);
  }

  /** The press became something else, such as scrolling. */
  cancel() {
    const press = this.#press;
    this.#press = this.band = this.painting = null;
    if (press && !press.wasHeld && !this.#editor.hasPrompt) this.#editor.release();
    this.#screen.redraw();
  }

  leave() {
    this.pointer = null;
    this.#screen.redraw();
  }

  /** A key on the picture; true when it meant something here. */
  key(e) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (step && !e.ctrlKey && !e.metaKey && !e.altKey) return this.#step(...step, e.shiftKey);
    if ((e.key === 'Enter' || e.key === ' ') && !e.ctrlKey && !e.metaKey) return this.#place(e);
    if (e.key === 'Escape' && this.band) {
      this.band = null;
      this.#screen.redraw();
      return true;
    }
    return false;
  }

  // A finger that moves scrolls the page, unless the tool is there for dragging.
  #drags(e) {
    return this.#editor.tool === 'box' || (this.#editor.tool === 'include' && this.#press.inside && e.pointerType !== 'touch');
  }

  #step(dx, dy, fine) {
    if (!this.#screen.hold()) return true;
    const { width, height } = this.#editor.held;
    const pace = fine ? 1 : Math.max(2, Math.round(width / 64));
    const from = this.cursor ?? { x: Math.round(width / 2), y: Math.round(height / 2) };
    this.cursor = {
      x: Math.max(0, Math.min(width - 1, from.x + dx * pace)),
      y: Math.max(0, Math.min(height - 1, from.y + dy * pace)),
    };
    if (this.band) this.band = { from: this.band.from, to: this.cursor };
    this.#screen.say(`${this.cursor.x}, ${this.cursor.y}`);
    this.#screen.redraw();
    return true;
  }

  #place(e) {
    if (!this.cursor) return this.#step(0, 0, true);
    const { tool } = this.#editor;
    this.#editor.pointedAt = e.timeStamp;
    if (this.#paints) {
      this.#stroke(this.cursor, this.cursor);
      this.#finishPainting();
    } else if (tool === 'box' && !this.band) {
      this.band = { from: this.cursor, to: this.cursor };
      this.#screen.say('One corner is set. Move to the other, then press Enter.');
    } else if (tool === 'box') {
      this.#finishBox();
    } else {
      this.#editor.point(this.cursor.x, this.cursor.y, (tool === 'include') !== e.shiftKey);
    }
    return true;
  }

  #stroke(from, to) {
    this.painting ??= this.#editor.canvas();
    this.painting.brush(from, to, this.#editor.brush, this.#editor.tool === 'paint');
    this.#screen.redraw();
  }

  #finishPainting() {
    const mask = this.painting;
    this.painting = null;
    this.#editor.paint(mask);
  }

  #finishBox() {
    const { from, to } = this.band;
    this.band = null;
    this.#editor.box(from, to);
  }
}
