// @ts-check
/** @import { ApiError } from './api.js' */
import * as api from './api.js';
import { conditionOf, sentence } from './condition.js';
import { History } from './history.js';

const pollMs = 1000;
const hiddenPollMs = 5000;

/** Polls one camera's status and objects once a second. A browser allows only six connections per host, so no connection is kept open for this. */
export class Feed {
  /**
   * Status of every camera; null before the first answer.
   * @type {CameraStatus[] | null}
   */
  cameras = null;
  /**
   * Status of this camera; null before the first answer.
   * @type {CameraStatus | null}
   */
  status = null;
  /**
   * The tracked objects.
   * @type {TrackedObject[]}
   */
  objects = [];
  /**
   * Revision of the object list; sent with changes, so that outdated changes are refused.
   * @type {number | null}
   */
  revision = null;
  /** Whether objects can be added and corrected: the service has no control API while it processes a file. */
  controllable = true;
  /**
   * Why the service is unreachable; null = reachable.
   * @type {string | null}
   */
  fault = null;
  /** When the service's frame number last advanced, by performance.now(). */
  movedAt = performance.now();
  /**
   * When the displayed picture arrived, by performance.now(); null before the first.
   * @type {number | null}
   */
  pictureAt = null;
  /** The highest recent frame rate, so that a slow camera does not count as stalled. */
  usualRate = 0;
  /** Offset of the service's clock to this one, in milliseconds. */
  clock = 0;
  /** Whether the service requires a token, so that logging out is possible. */
  login = false;
  history = new History();

  #camera;
  #changed;
  #announce;
  #stopped = new AbortController();

  /**
   * @param {string} camera the camera's name; the first camera if it does not exist
   * @param {() => void} changed called after each change
   * @param {(text: string) => void} announce receives text for screen readers
   */
  constructor(camera, changed, announce) {
    this.#camera = camera;
    this.#changed = changed;
    this.#announce = announce;
  }

  /** The displayed camera's name. */
  get camera() {
    return this.status?.name ?? this.#camera;
  }

  start() {
    this.#poll();
  }

  stop() {
    this.#stopped.abort();
  }

  /** Reloads the object list at once, after a change made here. */
  async reload() {
    try {
      const { revision, objects } = await api.objects(this.camera, this.#signal());
      this.#take(revision, objects);
    } catch (e) {
      if (/** @type {ApiError} */ (e).status !== 404) return;
      this.controllable = false;
    }
    this.#changed();
  }

  #signal() {
    return AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(5000)]);
  }

  async #poll() {
    while (!this.#stopped.signal.aborted) {
      try {
        const { cameras, login, time } = await api.status(this.#signal());
        Object.assign(this, { login, clock: Date.parse(time) - Date.now() });
        await this.#takeStatus(cameras);
        this.fault = null;
      } catch (e) {
        if (this.#stopped.signal.aborted) return;
        const error = /** @type {Error} */ (e);
        this.fault = error.name === 'TimeoutError' ? 'The service does not respond.' : error.message;
      }
      this.#changed();
      await new Promise(done => setTimeout(done, document.hidden ? hiddenPollMs : pollMs));
    }
  }

  /** @param {CameraStatus[]} cameras */
  async #takeStatus(cameras) {
    const status = cameras.find(camera => camera.name === this.#camera) ?? cameras[0];
    if (!status) throw new Error('The service has no camera.');
    if (status.frame !== this.status?.frame) this.movedAt = performance.now();
    this.#announceConnection(status);
    Object.assign(this, { cameras, status });
    if (this.controllable) await this.reload();
    this.#updateFigures(status);
    this.usualRate = Math.max(0, status.frames_per_second, ...this.history.rate) || this.usualRate;
    this.history.add(status, this.objects, conditionOf(this, null).kind === 'live');
  }

  /**
   * Area and confidence change between list changes; take them from the status.
   * @param {CameraStatus} status
   */
  #updateFigures(status) {
    const figures = new Map(status.objects.map(figure => [figure.id, figure]));
    if (!this.controllable) {
      this.objects = status.objects.map(o => ({ ...o, name: `object ${o.id}`, state: o.area ? 'tracking' : 'lost' }));
      return;
    }
    this.objects = this.objects.map(o => {
      const figure = figures.get(o.id);
      return figure && o.state !== 'paused' ? { ...o, area: figure.area, confidence: figure.confidence } : o;
    });
  }

  /**
   * @param {number} revision
   * @param {TrackedObject[]} objects
   */
  #take(revision, objects) {
    for (const object of objects) this.#announceState(object);
    Object.assign(this, { revision, objects });
  }

  /** @param {CameraStatus} status */
  #announceConnection({ name, connection }) {
    if (this.status && this.status.connection.state !== connection.state) this.#announce(`${name}: ${connection.state === 'streaming' ? 'pictures arrive' : sentence(connection)}`);
  }

  /** @param {TrackedObject} object */
  #announceState(object) {
    const before = this.objects.find(o => o.id === object.id);
    if (before && before.state !== object.state) this.#announce(`${object.name}: ${object.state.replace('_', ' ')}`);
  }
}
