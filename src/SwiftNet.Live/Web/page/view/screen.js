import { LiveStream } from '../model/stream.js';
import { drawMarks, maskPicture } from './draw.js';
import { Pointing } from './pointing.js';

/** The picture and what is drawn over it: two canvases of one element. The stream runs while no frame is held and somebody looks. */
export class Screen {
  /** Number of the frame that is seen; null before the first. */
  shown = null;

  #element;
  #picture;
  #marks;
  #editor;
  #feed;
  #stream;
  #heard;
  // The frame that is held, as it was streamed: with the objects drawn in that are followed already.
  #kept = null;
  #mask = null;
  #drawn = null;
  #due = false;
  #ended = new AbortController();

  /** @param heard called with what a listener should hear, and without when the first picture is there. */
  constructor(element, editor, feed, heard) {
    [this.#picture, this.#marks] = element.querySelectorAll('canvas');
    this.#element = element;
    this.#editor = editor;
    this.#feed = feed;
    this.#heard = heard;
    this.#stream = new LiveStream(feed.camera, (picture, frame) => this.#show(picture, frame));
    this.pointing = new Pointing(this, editor);
    this.#listen();
    this.update();
  }

  close() {
    this.#ended.abort();
    this.#stream.close();
  }

  /** The frame's pixel under an event. */
  toFrame(e) {
    const box = this.#element.getBoundingClientRect();
    const { width, height } = this.#editor.held ?? this.#frameSize();
    const within = (value, size) => Math.max(0, Math.min(size - 1, Math.floor(value * size)));
    return { x: within((e.clientX - box.left) / box.width, width), y: within((e.clientY - box.top) / box.height, height) };
  }

  /** Holds the frame that is seen; false while there is none, or nothing can be pointed at. */
  hold() {
    if (this.#editor.held) return true;
    if (this.shown === null || !this.#feed.controllable) return false;
    this.#keep();
    const { width, height } = this.#frameSize();
    this.#editor.hold(this.shown, width, height);
    return true;
  }

  /** Puts the keyboard on the picture, without scrolling to it. */
  focus() {
    this.#element.focus({ preventScroll: true });
  }

  say(text) {
    this.#heard(text);
  }

  redraw() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#draw();
    });
  }

  /** After a change of the editor. */
  update() {
    const { held } = this.#editor;
    if (held || document.hidden) this.#stream.close();
    else this.#stream.open();
    if (held) this.#drawHeld(held);
    else this.#kept = null;
    this.redraw();
  }

  #listen() {
    const { signal } = this.#ended;
    const on = (name, handle) => this.#element.addEventListener(name, handle, { signal });
    on('pointerdown', e => this.pointing.down(e));
    on('pointermove', e => this.pointing.move(e));
    on('pointerup', e => this.pointing.up(e));
    on('pointercancel', () => this.pointing.cancel());
    on('pointerleave', () => this.pointing.leave());
    on('contextmenu', e => e.preventDefault());
    on('keydown', e => {
      if (!this.pointing.key(e)) return;
      e.preventDefault();
      e.stopPropagation();
    });
    document.addEventListener('visibilitychange', () => this.update(), { signal });
    const sizes = new ResizeObserver(() => this.redraw());
    sizes.observe(this.#element);
    signal.addEventListener('abort', () => sizes.disconnect());
  }

  // In its own pixels; the streamed picture may be smaller.
  #frameSize() {
    const [width, height] = (this.#feed.status?.frame_size ?? '').split('x').map(Number);
    return width && height ? { width, height } : this.#picture;
  }

  #show(picture, frame) {
    if (this.#editor.held) return;
    const first = this.shown === null;
    this.shown = frame;
    this.#feed.pictureAt = performance.now();
    this.#paint(picture);
    if (first) this.#heard();
  }

  #paint(picture) {
    if (this.#picture.width !== picture.width || this.#picture.height !== picture.height) {
      [this.#picture.width, this.#picture.height] = [picture.width, picture.height];
    }
    this.#picture.getContext('2d').drawImage(picture, 0, 0);
  }

  #keep() {
    const copy = new OffscreenCanvas(this.#picture.width, this.#picture.height);
    copy.getContext('2d').drawImage(this.#picture, 0, 0);
    this.#kept = { frame: this.shown, picture: copy };
  }

  // What is followed already is seen until something is pointed at, which then has the picture for itself.
  #drawHeld({ shown, clean }) {
    const bare = clean && (this.#editor.isEditing || this.pointing.painting || this.#kept?.frame !== shown);
    this.#paint(bare ? clean : this.#kept.picture);
  }

  #draw() {
    const { width, height } = this.#element.getBoundingClientRect();
    const [columns, rows] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (this.#marks.width !== columns || this.#marks.height !== rows) [this.#marks.width, this.#marks.height] = [columns, rows];
    const context = this.#marks.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, columns, rows);
    const { held, proposal } = this.#editor;
    const mask = this.pointing.painting ?? proposal?.mask;
    if (held && mask) context.drawImage(this.#maskPicture(mask), 0, 0, columns, rows);
    context.scale(devicePixelRatio, devicePixelRatio);
    drawMarks(context, width / (held ?? this.#frameSize()).width, { prompt: this.#editor.prompt, ...this.#transient() });
    if (proposal && proposal !== this.#drawn && this.#editor.pointedAt !== null) this.#measure(proposal.took_ms);
    this.#drawn = proposal;
  }

  #transient() {
    const { band, brush, cursor } = this.pointing;
    return { band, brush, cursor };
  }

  #maskPicture(mask) {
    const { colour } = this.#editor;
    if (this.#mask?.mask !== mask || this.#mask.colour !== colour || mask === this.pointing.painting) {
      this.#mask = { mask, colour, picture: maskPicture(mask, colour) };
    }
    return this.#mask.picture;
  }

  // From the click to the mask on the screen, and how much of that the service took: to be read by whoever measures.
  #measure(detail) {
    const start = this.#editor.pointedAt;
    this.#editor.pointedAt = null;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      performance.measure('click to mask', { start, end: performance.now(), detail });
      port1.close();
    };
    port2.postMessage(null);
  }
}
