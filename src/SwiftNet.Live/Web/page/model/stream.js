import { readParts } from './multipart.js';

const retryMs = 2000;

/**
 * The live picture of one camera: calls show(picture, frame) with each, frame being its number. Where pictures come faster than
 * they can be decoded, the newest counts. It is connected to again when it breaks; closed, it costs the service nothing.
 */
export class LiveStream {
  #abort = null;
  #newest = null;
  #decoding = false;

  constructor(camera, show) {
    this.camera = camera;
    this.show = show;
  }

  get isOpen() {
    return this.#abort !== null;
  }

  open() {
    if (!this.#abort) this.#watch(this.#abort = new AbortController());
  }

  close() {
    this.#abort?.abort();
    this.#abort = this.#newest = null;
  }

  async #watch(abort) {
    const { signal } = abort;
    while (!signal.aborted) {
      try {
        const answer = await fetch(`stream.mjpg?camera=${encodeURIComponent(this.camera)}`, { signal });
        if (answer.ok) {
          await readParts(answer.body, (headers, jpeg) => {
            this.#newest = { frame: Number(headers.get('x-frame-id')), jpeg };
            this.#decode(abort);
          });
        }
      } catch {
        // Broken, or closed by us.
      }
      if (!signal.aborted) await new Promise(done => setTimeout(done, retryMs));
    }
  }

  async #decode(abort) {
    if (this.#decoding) return;
    this.#decoding = true;
    while (this.#newest && !abort.signal.aborted) {
      const { frame, jpeg } = this.#newest;
      this.#newest = null;
      try {
        const picture = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
        if (!abort.signal.aborted) this.show(picture, frame);
        picture.close();
      } catch {
        // One broken picture; the next comes.
      }
    }
    this.#decoding = false;
  }
}
