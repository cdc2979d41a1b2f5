// @ts-check
/**
 * @import { Feed } from '../model/feed.js'
 * @import { Editor } from '../model/editor.js'
 * @import { Mask } from '../model/mask.js'
 */
import { LiveStream } from '../model/stream.js';
import { drawMarks, drawWindows, maskPicture } from './draw.js';
import { drawDraft, drawZones } from './drawzones.js';
import { Pointing } from './pointing.js';

/** The picture and its overlay: two canvases in one element. The stream runs while no frame is held and the page is visible. */
export class Screen {
  /**
   * Number of the displayed frame; null before the first.
   * @type {number | null}
   */
  shown = null;

  #element;
  /** @type {HTMLCanvasElement} */
  #picture;
  /** @type {HTMLCanvasElement} */
  #marks;
  #editor;
  #feed;
  #stream;
  #announce;
  /**
   * The held frame as streamed, with its overlay.
   * @type {{ frame: number | null, picture: OffscreenCanvas } | null}
   */
  #heldCopy = null;
  /** @type {{ mask: Mask, colour: string, picture: OffscreenCanvas } | null} */
  #mask = null;
  /** @type {Proposal | null} */
  #drawn = null;
  #due = false;
  #ended = new AbortController();

  /**
   * @param {HTMLElement} element
   * @param {Editor} editor
   * @param {Feed} feed
   * @param {(text?: string) => void} announce receives text for screen readers; called without text on the first picture
   */
  constructor(element, editor, feed, announce) {
    [this.#picture, this.#marks] = element.querySelectorAll('canvas');
    this.#element = element;
    this.#editor = editor;
    this.#feed = feed;
    this.#announce = announce;
    this.#stream = new LiveStream(feed.camera, (picture, frame) => this.#show(picture, frame));
    this.pointing = new Pointing(this, editor);
    this.#listen();
    this.update();
  }

  close() {
    this.#ended.abort();
    this.#stream.close();
  }

  /**
   * The frame pixel at an event's position.
   * @param {PointerEvent} e
   */
  toFrame(e) {
    const box = this.#element.getBoundingClientRect();
    const { width, height } = this.#editor.held ?? this.#frameSize();
    /** @param {number} value @param {number} size */
    const within = (value, size) => Math.max(0, Math.min(size - 1, Math.floor(value * size)));
    return { x: within((e.clientX - box.left) / box.width, width), y: within((e.clientY - box.top) / box.height, height) };
  }

  /**
   * An event's position in shares of the frame.
   * @param {PointerEvent} e
   */
  toShare(e) {
    const box = this.#element.getBoundingClientRect();
    /** @param {number} share */
    const within = share => Math.max(0, Math.min(1, share));
    return { x: within((e.clientX - box.left) / box.width), y: within((e.clientY - box.top) / box.height) };
  }

  /** Holds the displayed frame; false if there is none, or objects cannot be changed. */
  hold() {
    if (this.#editor.held) return true;
    if (this.shown === null || !this.#feed.controllable) return false;
    this.#copyPicture();
    const { width, height } = this.#frameSize();
    this.#editor.hold(this.shown, width, height);
    return true;
  }

  /** Focuses the picture without scrolling to it. */
  focus() {
    this.#element.focus({ preventScroll: true });
  }

  /** @param {string} text */
  announce(text) {
    this.#announce(text);
  }

  redraw() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#draw();
    });
  }

  /** Updates after a change of the editor. */
  update() {
    const { held } = this.#editor;
    if (held || document.hidden) this.#stream.close();
    else this.#stream.open();
    if (held) this.#drawHeld(held);
    else this.#heldCopy = null;
    this.redraw();
  }

  #listen() {
    const { signal } = this.#ended;
    /**
     * @template {keyof HTMLElementEventMap} K
     * @param {K} name
     * @param {(e: HTMLElementEventMap[K]) => void} handle
     */
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

  // Native size; the streamed picture may be smaller.
  #frameSize() {
    const [width, height] = (this.#feed.status?.frame_size ?? '').split('x').map(Number);
    return width && height ? { width, height } : this.#picture;
  }

  /** @param {ImageBitmap} picture @param {number} frame */
  #show(picture, frame) {
    if (this.#editor.held) return;
    const first = this.shown === null;
    this.shown = frame;
    this.#feed.pictureAt = performance.now();
    this.#paint(picture);
    if (first) this.#announce();
  }

  /** @param {ImageBitmap | OffscreenCanvas} picture */
  #paint(picture) {
    if (this.#picture.width !== picture.width || this.#picture.height !== picture.height) {
      [this.#picture.width, this.#picture.height] = [picture.width, picture.height];
    }
    this.#picture.getContext('2d')?.drawImage(picture, 0, 0);
  }

  #copyPicture() {
    const copy = new OffscreenCanvas(this.#picture.width, this.#picture.height);
    copy.getContext('2d')?.drawImage(this.#picture, 0, 0);
    this.#heldCopy = { frame: this.shown, picture: copy };
  }

  /**
   * Tracked objects are shown until a prompt is edited.
   * @param {HeldFrame} held
   */
  #drawHeld({ shown, clean }) {
    const bare = clean && (this.#editor.isEditing || this.pointing.painting || this.#heldCopy?.frame !== shown);
    const picture = bare ? clean : this.#heldCopy?.picture;
    if (picture) this.#paint(picture);
  }

  #draw() {
    const { width, height } = this.#element.getBoundingClientRect();
    const [columns, rows] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (this.#marks.width !== columns || this.#marks.height !== rows) [this.#marks.width, this.#marks.height] = [columns, rows];
    const context = /** @type {CanvasRenderingContext2D} */ (this.#marks.getContext('2d'));
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, columns, rows);
    const { held, proposal } = this.#editor;
    const mask = this.pointing.painting ?? proposal?.mask;
    if (held && mask) context.drawImage(this.#maskPicture(mask), 0, 0, columns, rows);
    context.scale(devicePixelRatio, devicePixelRatio);
    if (!held && this.#editor.showsWindows) drawWindows(context, width / this.#frameSize().width, this.#feed.status?.windows ?? []);
    this.#drawZones(context, { width, height });
    drawMarks(context, width / (held ?? this.#frameSize()).width, { prompt: this.#editor.prompt, ...this.#transient() });
    if (proposal && proposal !== this.#drawn && this.#editor.pointedAt !== null) this.#measure(proposal.took_ms);
    this.#drawn = proposal;
  }

  /** @param {CanvasRenderingContext2D} context @param {{ width: number, height: number }} size */
  #drawZones(context, size) {
    const { zoneKind, showsZones, draft } = this.#editor;
    if (showsZones || zoneKind) drawZones(context, size, this.#feed.status?.zones ?? []);
    if (zoneKind) drawDraft(context, size, { points: draft.points, kind: zoneKind, pointer: this.pointing.share });
  }

  #transient() {
    const { band, brush, cursor } = this.pointing;
    return { band, brush, cursor };
  }

  /** @param {Mask} mask */
  #maskPicture(mask) {
    const { colour } = this.#editor;
    if (this.#mask?.mask !== mask || this.#mask.colour !== colour || mask === this.pointing.painting) {
      this.#mask = { mask, colour, picture: maskPicture(mask, colour) };
    }
    return this.#mask.picture;
  }

  /**
   * Records the time from click to displayed mask as a performance measure.
   * @param {number} detail the service's share in milliseconds
   */
  #measure(detail) {
    const start = this.#editor.pointedAt ?? 0;
    this.#editor.pointedAt = null;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      performance.measure('click to mask', { start, end: performance.now(), detail });
      port1.close();
    };
    port2.postMessage(null);
  }
}
