import * as api from './api.js';
import { History } from './history.js';

const pollMs = 1000;
const hiddenPollMs = 5000;
const reopenMs = 5000;

/** What the service tells of one camera: its figures once a second, its objects whenever one changes (or, while events do not come, once a second too). */
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
  history = new History();

  #camera;
  #changed;
  #told;
  #events = null;
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
    document.addEventListener('visibilitychange', this.#look, { signal: this.#stopped.signal });
    this.#poll();
  }

  stop() {
    this.#stopped.abort();
    this.#events?.close();
  }

  /** Asks for the list anew: after a change of our own, so that it is seen at once. */
  async reload() {
    try {
      const { revision, objects } = await api.objects(this.camera, this.#stopped.signal);
      this.#take(revision, objects);
    } catch (e) {
      if (e.status !== 404) return;
      this.controllable = false;
    }
    this.#changed();
  }

  // A page that nobody looks at holds no connection open: browsers give a host only six.
  #look = () => {
    if (document.hidden) {
      this.#events?.close();
      this.#events = null;
    } else if (this.status && this.controllable) {
      this.#listen();
    }
  };

  async #poll() {
    while (!this.#stopped.signal.aborted) {
      try {
        const { cameras } = await api.status(AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(5000)]));
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
    const first = this.status === null;
    this.#tellConnection(status);
    Object.assign(this, { cameras, status });
    if (first || (this.controllable && this.#events?.readyState !== EventSource.OPEN)) await this.reload();
    if (first && this.controllable && !document.hidden) this.#listen();
    this.#measure();
    this.history.add(status, this.objects);
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

  #listen() {
    if (this.#events || this.#stopped.signal.aborted) return;
    const events = this.#events = new EventSource(api.eventsPath(this.camera));
    events.addEventListener('objects', e => {
      const { revision, objects } = JSON.parse(e.data);
      this.#take(revision, objects);
      this.#changed();
    });
    events.addEventListener('object', e => {
      this.#takeOne(JSON.parse(e.data));
      this.#changed();
    });
    // The browser connects again by itself after a break, not after a refusal.
    events.addEventListener('error', () => {
      if (events.readyState !== EventSource.CLOSED || this.#events !== events) return;
      this.#events = null;
      setTimeout(this.#look, reopenMs);
    });
  }

  #take(revision, objects) {
    for (const object of objects) this.#tellState(object);
    Object.assign(this, { revision, objects });
  }

  #takeOne({ revision, change, object }) {
    this.revision = revision;
    this.#tellState(object);
    const others = this.objects.filter(o => o.id !== object.id);
    this.objects = change === 'removed' ? others : [...others, object].sort((a, b) => a.id - b.id);
  }

  #tellConnection({ name, connection }) {
    if (this.status && this.status.connection.state !== connection.state) this.#told(`${name}: ${connection.state.replace('_', ' ')}`);
  }

  #tellState(object) {
    const before = this.objects.find(o => o.id === object.id);
    if (before && before.state !== object.state) this.#told(`${object.name}: ${object.state.replace('_', ' ')}`);
  }
}
