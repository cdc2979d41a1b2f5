// @ts-check
/**
 * @import { ApiError } from './api.js'
 * @import { Feed } from './feed.js'
 */
import * as api from './api.js';

/** Most corners of a zone; the service refuses more. */
const mostPoints = 64;
/** A click as close to the frame's edge as this is on the edge. */
const edge = 0.015;

/** A zone or line that is being drawn. Points are in shares of the frame. */
export class ZoneDraft {
  /** @type {Point[]} */
  points = [];
  name = '';
  saving = false;
  /**
   * The service's error message.
   * @type {string | null}
   */
  refusal = null;

  #feed;
  #changed;
  #announce;

  /**
   * @param {Feed} feed
   * @param {() => void} changed called after each change
   * @param {(text: string) => void} announce receives text for screen readers
   */
  constructor(feed, changed, announce) {
    this.#feed = feed;
    this.#changed = changed;
    this.#announce = announce;
  }

  /**
   * Adds a corner; of a line, only the first and the second.
   * @param {Point} at
   * @param {'zone' | 'line'} kind
   */
  add({ x, y }, kind) {
    if (this.points.length === (kind === 'line' ? 2 : mostPoints)) return;
    /** @param {number} share */
    const snapped = share => (share < edge ? 0 : share > 1 - edge ? 1 : Math.round(share * 10_000) / 10_000);
    this.points = [...this.points, { x: snapped(x), y: snapped(y) }];
    this.refusal = null;
    this.#announce(`${this.points.length} ${this.points.length === 1 ? 'point' : 'points'}`);
    this.#changed();
  }

  /** @param {'zone' | 'line'} kind */
  isComplete(kind) {
    return kind === 'line' ? this.points.length === 2 : this.points.length > 2;
  }

  undo() {
    this.points = this.points.slice(0, -1);
    this.#changed();
  }

  /** Turns a line around, so that forward is the other way. */
  turn() {
    this.points = this.points.toReversed();
    this.#changed();
  }

  clear() {
    Object.assign(this, { points: [], name: '', refusal: null });
    this.#changed();
  }

  /** @param {string} name */
  rename(name) {
    this.name = name;
    this.#changed();
  }

  /**
   * Adds the zone or line, under a free name if none was given.
   * @param {'zone' | 'line'} kind
   */
  async save(kind) {
    if (!this.isComplete(kind) || this.saving) return;
    const name = this.name.trim() || this.freeName(kind);
    this.saving = true;
    this.#changed();
    try {
      await api.addZone(this.#feed.camera, { name, points: this.points.map(({ x, y }) => [x, y]) });
      this.#announce(`${name} is drawn.`);
      this.clear();
    } catch (e) {
      this.refusal = /** @type {ApiError} */ (e).message;
    }
    this.saving = false;
    this.#changed();
  }

  /** @param {'zone' | 'line'} kind */
  freeName(kind) {
    const taken = new Set((this.#feed.status?.zones ?? []).map(zone => zone.name.toLowerCase()));
    let number = 1;
    while (taken.has(`${kind} ${number}`)) number++;
    return `${kind} ${number}`;
  }
}
