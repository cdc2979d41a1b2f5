import * as api from './api.js';
import * as prompts from './prompt.js';
import { Mask } from './mask.js';
import { decode } from './rle.js';

/** Colours that tell apart on video and from each other, for objects that are yet to come. */
const colours = ['#ff5a4f', '#3fd07a', '#4c9dff', '#ffc53d', '#c77dff', '#2ed3d9', '#ff7ac6', '#b4e04a'];

/** What is pointed at: the frame that is held, the prompt on it, the mask that the service understood, and what becomes of it. */
export class Editor {
  /** include | exclude | box | paint | erase */
  tool = 'include';
  /** Radius of the brush, in pixels of the frame. */
  brush = 16;
  /** The frame that is held: { id, shown: the one that was seen, width, height, clean: its picture without anything drawn in, once it is here }; null while the picture goes on. */
  held = null;
  prompt = prompts.empty;
  /** { mask, area, box, took_ms }: what was understood. */
  proposal = null;
  /** The object to be corrected; null for a new one. */
  target = null;
  /** When it was pointed at last, by performance.now(), until the mask of that is drawn. */
  pointedAt = null;
  asking = false;
  saving = false;
  /** What went wrong, in the service's words. */
  refusal = null;
  name = '';
  colour = colours[0];

  #feed;
  #changed;
  #told;
  #past = [];
  #asked = null;

  constructor(feed, changed, told) {
    this.#feed = feed;
    this.#changed = changed;
    this.#told = told;
  }

  get hasPrompt() {
    return !prompts.isEmpty(this.prompt);
  }

  /** Whether the picture is there for what is pointed at, without what is followed already. */
  get isEditing() {
    return this.hasPrompt || this.target !== null;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canConfirm() {
    return this.proposal !== null && !this.asking && !this.saving;
  }

  set(fields) {
    Object.assign(this, fields);
    this.#changed();
  }

  /** Holds a frame: the one that is seen. */
  hold(id, width, height) {
    this.held = { id, shown: id, width, height, clean: null };
    this.#fetchClean(id);
    this.#changed();
  }

  /** Lets the picture go on; what was pointed at is gone. */
  release() {
    this.#asked?.abort();
    this.held?.clean?.close();
    this.#past = [];
    Object.assign(this, { held: null, prompt: prompts.empty, proposal: null, target: null, asking: false, refusal: null, name: '' });
    this.#changed();
  }

  /** Begins to correct an object on the frame that is held, with its mask there. */
  correct(object) {
    Object.assign(this, { target: object, colour: object.colour, proposal: null });
    this.#replace(prompts.empty, []);
    this.#told(`Correcting ${object.name}. Point at what is missing or too much.`);
  }

  point(x, y, inside) {
    this.#next(prompts.withPoint(this.prompt, x, y, inside));
  }

  box(from, to) {
    this.#next(prompts.withBox(this.prompt, from, to));
  }

  /** What painting begins with: a copy of what was understood, or nothing. */
  canvas() {
    return this.proposal?.mask.copy() ?? new Mask(this.held.width, this.held.height);
  }

  paint(mask) {
    this.#next(prompts.withBase(mask));
  }

  undo() {
    if (this.canUndo) this.#replace(this.#past.at(-1), this.#past.slice(0, -1));
  }

  clear() {
    this.#replace(prompts.empty, []);
  }

  /** Follows what was understood: exactly that mask. */
  async confirm() {
    if (!this.canConfirm) return;
    const { proposal, target } = this;
    const ask = {
      frame: this.held.id,
      prompt: prompts.toJson(prompts.withBase(proposal.mask)),
      ...(target ? {} : { colour: this.colour, ...(this.name.trim() ? { name: this.name.trim() } : {}) }),
    };
    this.set({ saving: true, refusal: null });
    try {
      const object = await api.follow(this.#feed.camera, target, ask, this.#feed.revision);
      this.#told(target ? `${object.name} is corrected.` : `${object.name} is followed.`);
      this.saving = false;
      this.tool = target ? 'include' : this.tool;
      this.release();
      await this.#feed.reload();
    } catch (e) {
      this.saving = false;
      await this.#refused(e);
    }
  }

  #next(prompt) {
    if (!this.isEditing) this.colour = colourBeside(this.#feed.objects);
    this.#replace(prompt, [...this.#past, this.prompt]);
  }

  #replace(prompt, past) {
    this.#past = past;
    this.prompt = prompt;
    this.#ask();
  }

  // Only the newest question counts: one that is still on its way is given up.
  async #ask() {
    this.#asked?.abort();
    this.refusal = null;
    if (!this.isEditing) {
      this.set({ proposal: null, asking: false });
      return;
    }

    const asked = this.#asked = new AbortController();
    this.set({ asking: true });
    try {
      const answer = await api.propose(this.#feed.camera, this.target, { frame: this.held.id, prompt: prompts.toJson(this.prompt, this.target) }, asked.signal);
      const [height, width] = answer.mask_rle.size;
      this.#stands(answer.frame);
      this.set({ asking: false, proposal: { ...answer, mask: new Mask(width, height, decode(answer.mask_rle)) } });
      this.#told(`A mask of ${answer.area.toLocaleString('en')} pixels. Confirm it, or point again.`);
    } catch (e) {
      if (asked.signal.aborted) return;
      // An object that is to be corrected may not be on this frame at all: then there is nothing to begin with.
      if (e.status === 422 && !this.hasPrompt) this.set({ asking: false, proposal: null });
      else await this.#refused(e, null);
    }
  }

  async #refused(e, proposal = this.proposal) {
    this.set({ asking: false, proposal, refusal: e.message });
    if (e.status === 410) await this.#holdNewest(e.message);
    if (e.status === 412) await this.#feed.reload();
  }

  // The frame is too old to be pointed at: the newest takes its place, and what was pointed at is understood anew on that.
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
    await this.#ask();
    this.set({ refusal: this.refusal ?? `${why} The newest frame has taken its place: look whether the mask still fits.` });
  }

  // Where there is no room for every frame, the service takes the nearest one that it keeps.
  #stands(frame) {
    if (this.held.id === frame) return;
    this.held.clean?.close();
    this.held = { ...this.held, id: frame, clean: null };
    this.#fetchClean(frame);
  }

  async #fetchClean(id) {
    try {
      const { frame, picture } = await api.snapshot(this.#feed.camera, id);
      if (this.held?.id === id) this.held = { ...this.held, id: frame };
      if (this.held?.id === frame && !this.held.clean) this.set({ held: { ...this.held, clean: picture } });
      else picture.close();
    } catch {
      // The streamed picture does as well.
    }
  }
}

// The colour that is farthest from those that are taken.
function colourBeside(objects) {
  const nearest = colour => Math.min(...objects.map(o => distance(colour, o.colour)));
  return colours.reduce((best, colour) => (nearest(colour) > nearest(best) ? colour : best));
}

const channels = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));

function distance(one, other) {
  const [a, b] = [channels(one), channels(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
