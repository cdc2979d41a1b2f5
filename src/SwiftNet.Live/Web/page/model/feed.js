import * as api from './api.js';
import { conditionOf, sentence } from './condition.js';
import { History } from './history.js';

const pollMs = 1000;
const hiddenPollMs = 5000;

/** What the service tells of one camera, asked for once a second: its figures and its objects. A browser gives a host only six connections, so none is kept for this. */
export class Feed {
  /** Figures of every camera; null before the first answer. */
  cameras = null;
  /** Figures of this camera. */
  status = null;
  /** What is followed. */
  objects = [];
  /** Counts the changes of the list; sent along so that nobody changes what he has not seen. */
  revision = null;
  /** Whether objects can be pointed at: the service has no control API for a file that is played once. */
  controllable = true;
  /** Why there is no answer; null while there is. */
  fault = null;
  /** When the picture last went on, by this clock. */
  movedAt = performance.now();
  /** When the picture that is seen came, likewise; null before the first. */
  pictureAt = null;
  /** Frames a second at the most, lately; what is slow is not still. */
  usualRate = 0;
  /** How far the service's clock is ahead of this one, in milliseconds. */
  clock = 0;
  /** Whether the service asks for a token, so that one can log out. */
  login = false;
  history = new History();

  #camera;
  #changed;
  #told;
  #stopped = new AbortController();

  /** @param changed called after each change. @param told called with what a listener should hear: (text). */
  constructor(camera, changed, told) {
    this.#camera = camera;
    this.#changed = changed;
    this.#told = told;
  }

  /** The camera's name: the one asked for, or the first where that does not exist. */
  get camera() {
    return this.status?.name ?? this.#camera;
  }

  start() {
    this.#poll();
  }

  stop() {
    this.#stopped.abort();
  }

  /** Asks for the list anew: after a change of our own, so that it is seen at once. */
  async reload() {
    try {
      const { revision, objects } = await api.objects(this.camera, this.#signal());
      this.#take(revision, objects);
    } catch (e) {
      if (e.status !== 404) return;
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
        Object.assign(this, { login, clock: new Date(time) - Date.now() });
        await this.#takeStatus(cameras);
        this.fault = null;
      } catch (e) {
        if (this.#stopped.signal.aborted) return;
        this.fault = e.name === 'TimeoutError' ? 'The service does not answer.' : e.message;
      }
      this.#changed();
      await new Promise(done => setTimeout(done, document.hidden ? hiddenPollMs : pollMs));
    }
  }

  async #takeStatus(cameras) {
    const status = cameras.find(camera => camera.name === this.#camera) ?? cameras[0];
    if (!status) throw new Error('There is no camera.');
    if (status.frame !== this.status?.frame) this.movedAt = performance.now();
    this.#tellConnection(status);
    Object.assign(this, { cameras, status });
    if (this.controllable) await this.reload();
    this.#measure();
    this.usualRate = Math.max(0, status.frames_per_second, ...this.history.rate) || this.usualRate;
    this.history.add(status, this.objects, conditionOf(this, false).kind === 'live');
  }

  // Area and confidence go on between events; the figures have them.
  #measure() {
    const figures = new Map(this.status.objects.map(figure => [figure.id, figure]));
    if (!this.controllable) {
      this.objects = this.status.objects.map(o => ({ ...o, name: `object ${o.id}`, state: o.area ? 'tracking' : 'lost' }));
      return;
    }
    this.objects = this.objects.map(o => {
      const figure = figures.get(o.id);
      return figure && o.state !== 'paused' ? { ...o, area: figure.area, confidence: figure.confidence } : o;
    });
  }

  #take(revision, objects) {
    for (const object of objects) this.#tellState(object);
    Object.assign(this, { revision, objects });
  }

  #tellConnection({ name, connection }) {
    if (this.status && this.status.connection.state !== connection.state) this.#told(`${name}: ${connection.state === 'streaming' ? 'pictures come' : sentence(connection)}`);
  }

  #tellState(object) {
    const before = this.objects.find(o => o.id === object.id);
    if (before && before.state !== object.state) this.#told(`${object.name}: ${object.state.replace('_', ' ')}`);
  }
}
