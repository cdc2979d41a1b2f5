// @ts-check
/**
 * @import { ApiError } from './api.js'
 * @import { Feed } from './feed.js'
 * @import { Screen } from '../view/screen.js'
 */
import * as api from './api.js';
import * as prompts from './prompt.js';
import { Mask } from './mask.js';
import { decode } from './rle.js';
import { ZoneDraft } from './zonedraft.js';

/** Colours for new objects, distinguishable on video and from each other. */
const colours = ['#ff5a4f', '#3fd07a', '#4c9dff', '#ffc53d', '#c77dff', '#2ed3d9', '#ff7ac6', '#b4e04a'];

/** Editing state: the held frame, the prompt on it, and the mask that the service proposes. */
export class Editor {
  /**
   * The selected tool.
   * @type {'include' | 'exclude' | 'box' | 'paint' | 'erase' | 'zone' | 'line'}
   */
  tool = 'include';
  /** Brush radius in frame pixels. */
  brush = 16;
  /** Whether the windows that the network processes are drawn. */
  showsWindows = false;
  /** Whether zones and lines are drawn. */
  showsZones = true;
  /**
   * The held frame; null while live.
   * @type {HeldFrame | null}
   */
  held = null;
  prompt = prompts.empty;
  /**
   * The proposed mask.
   * @type {Proposal | null}
   */
  proposal = null;
  /**
   * The object to correct; null = a new object.
   * @type {TrackedObject | null}
   */
  target = null;
  /**
   * Time of the last prompt by performance.now(), until its mask is drawn.
   * @type {number | null}
   */
  pointedAt = null;
  asking = false;
  saving = false;
  /**
   * The service's error message.
   * @type {string | null}
   */
  refusal = null;
  name = '';
  colour = colours[0];
  /**
   * The displayed picture, once it exists.
   * @type {Screen | null}
   */
  screen = null;

  #feed;
  #changed;
  #announce;
  /** @type {Prompt[]} */
  #past = [];
  /** @type {AbortController | null} */
  #request = null;

  /**
   * @param {Feed} feed
   * @param {() => void} changed called after each change
   * @param {(text: string) => void} announce receives text for screen readers
   */
  constructor(feed, changed, announce) {
    this.#feed = feed;
    this.#changed = changed;
    this.#announce = announce;
    this.draft = new ZoneDraft(feed, changed, announce);
  }

  /**
   * What is drawn with the selected tool; null = an object.
   * @returns {'zone' | 'line' | null}
   */
  get zoneKind() {
    return this.tool === 'zone' || this.tool === 'line' ? this.tool : null;
  }

  get hasPrompt() {
    return !prompts.isEmpty(this.prompt);
  }

  /** Whether a prompt is being edited; the picture is then shown without tracked objects. */
  get isEditing() {
    return this.hasPrompt || this.target !== null;
  }

  get canUndo() {
    return this.zoneKind ? this.draft.points.length > 0 : this.#past.length > 0;
  }

  get canConfirm() {
    return this.proposal !== null && !this.asking && !this.saving;
  }

  /** @param {Partial<Editor>} fields */
  set(fields) {
    if (fields.tool && fields.tool !== this.tool) this.draft.clear();
    Object.assign(this, fields);
    this.#changed();
  }

  /**
   * Holds the displayed frame.
   * @param {number} id
   * @param {number} width
   * @param {number} height
   */
  hold(id, width, height) {
    this.held = { id, shown: id, width, height, clean: null };
    this.#fetchClean(id);
    this.#changed();
  }

  /** Returns to the live picture and discards the prompt. */
  release() {
    this.#request?.abort();
    this.held?.clean?.close();
    this.#past = [];
    Object.assign(this, { held: null, prompt: prompts.empty, proposal: null, target: null, asking: false, refusal: null, name: '' });
    this.#changed();
  }

  /**
   * Starts the correction of an object on the held frame, from its mask there.
   * @param {TrackedObject} object
   */
  correct(object) {
    if (this.zoneKind) this.set({ tool: 'include' });
    Object.assign(this, { target: object, colour: object.colour, proposal: null });
    this.#replace(prompts.empty, []);
    this.#announce(`Correcting ${object.name}. Click what is missing or too much.`);
  }

  /** @param {number} x @param {number} y @param {boolean} inside */
  point(x, y, inside) {
    this.#next(prompts.withPoint(this.prompt, x, y, inside));
  }

  /** @param {Point} from @param {Point} to */
  box(from, to) {
    this.#next(prompts.withBox(this.prompt, from, to));
  }

  /** The initial mask for painting: a copy of the proposal, or an empty mask. */
  canvas() {
    const { width, height } = this.#frame;
    return this.proposal?.mask.copy() ?? new Mask(width, height);
  }

  /** @param {Mask} mask */
  paint(mask) {
    this.#next(prompts.withBase(mask));
  }

  undo() {
    if (this.zoneKind) {
      this.draft.undo();
      return;
    }
    const previous = this.#past.at(-1);
    if (previous) this.#replace(previous, this.#past.slice(0, -1));
  }

  clear() {
    this.#replace(prompts.empty, []);
  }

  /** Adds or corrects the object with exactly the proposed mask. */
  async confirm() {
    const { proposal, target } = this;
    if (!this.canConfirm || !proposal) return;
    const request = {
      frame: this.#frame.id,
      prompt: prompts.toJson(prompts.withBase(proposal.mask)),
      ...(target ? {} : { colour: this.colour, ...(this.name.trim() ? { name: this.name.trim() } : {}) }),
    };
    this.set({ saving: true, refusal: null });
    try {
      const object = await api.follow(this.#feed.camera, target, request, this.#feed.revision);
      this.#announce(target ? `${object.name} is corrected.` : `${object.name} is tracked.`);
      this.saving = false;
      this.tool = target ? 'include' : this.tool;
      this.release();
      await this.#feed.reload();
    } catch (e) {
      this.saving = false;
      await this.#showError(/** @type {ApiError} */ (e));
    }
  }

  /** The held frame; only while one is held. */
  get #frame() {
    return /** @type {HeldFrame} */ (this.held);
  }

  /** @param {Prompt} prompt */
  #next(prompt) {
    if (!this.isEditing) this.colour = distinctColour(this.#feed.objects);
    this.#replace(prompt, [...this.#past, this.prompt]);
  }

  /** @param {Prompt} prompt @param {Prompt[]} past */
  #replace(prompt, past) {
    this.#past = past;
    this.prompt = prompt;
    this.#propose();
  }

  // Only the newest request counts; a pending one is aborted.
  async #propose() {
    this.#request?.abort();
    this.refusal = null;
    if (!this.isEditing) {
      this.set({ proposal: null, asking: false });
      return;
    }

    const request = this.#request = new AbortController();
    this.set({ asking: true });
    try {
      const answer = await api.propose(this.#feed.camera, this.target, { frame: this.#frame.id, prompt: prompts.toJson(this.prompt, this.target) }, request.signal);
      const [height, width] = answer.mask_rle.size;
      this.#adoptFrame(answer.frame);
      this.set({ asking: false, proposal: { ...answer, mask: new Mask(width, height, decode(answer.mask_rle)) } });
      this.#announce(`A mask of ${answer.area.toLocaleString('en')} pixels. Confirm it, or add another prompt.`);
    } catch (e) {
      if (request.signal.aborted) return;
      // The object to correct may not be visible in this frame: then there is no mask to start from.
      if (/** @type {ApiError} */ (e).status === 422 && !this.hasPrompt) this.set({ asking: false, proposal: null });
      else await this.#showError(/** @type {ApiError} */ (e), null);
    }
  }

  /** @param {ApiError} e */
  async #showError(e, proposal = this.proposal) {
    this.set({ asking: false, proposal, refusal: e.message });
    if (e.status === 410) await this.#holdNewest(e.message);
    if (e.status === 412) await this.#feed.reload();
  }

  /**
   * The held frame has left the service's history: hold the newest instead, and repeat the prompt on it.
   * @param {string} why
   */
  async #holdNewest(why) {
    try {
      const { frame, picture } = await api.snapshot(this.#feed.camera);
      this.held?.clean?.close();
      this.held = { id: frame, shown: null, width: picture.width, height: picture.height, clean: picture };
    } catch {
      this.release();
      this.set({ refusal: why });
      return;
    }
    await this.#propose();
    this.set({ refusal: this.refusal ?? `${why} The newest frame is held instead: check whether the mask still fits.` });
  }

  /**
   * If the service's history lacks the frame, it uses the nearest one.
   * @param {number} frame
   */
  #adoptFrame(frame) {
    const held = this.#frame;
    if (held.id === frame) return;
    held.clean?.close();
    this.held = { ...held, id: frame, clean: null };
    this.#fetchClean(frame);
  }

  /** @param {number} id */
  async #fetchClean(id) {
    try {
      const { frame, picture } = await api.snapshot(this.#feed.camera, id);
      if (this.held?.id === id) this.held = { ...this.held, id: frame };
      if (this.held?.id === frame && !this.held.clean) this.set({ held: { ...this.held, clean: picture } });
      else picture.close();
    } catch {
      // The streamed picture with its overlay remains.
    }
  }
}

/**
 * The colour most distant from those in use.
 * @param {TrackedObject[]} objects
 */
function distinctColour(objects) {
  /** @param {string} colour */
  const nearest = colour => Math.min(...objects.map(o => distance(colour, o.colour)));
  return colours.reduce((best, colour) => (nearest(colour) > nearest(best) ? colour : best));
}

/** @param {string} colour */
const channels = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));

/** @param {string} one @param {string} other */
function distance(one, other) {
  const [a, b] = [channels(one), channels(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
