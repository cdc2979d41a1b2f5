// @ts-check
import { readParts } from './multipart.js';

const retryMs = 2000;

/**
 * The live pictures of one camera. Pictures that arrive faster than they can be decoded are skipped in favour of the newest. Reconnects after
 * a failure; while closed it costs the service nothing.
 */
export class LiveStream {
  /** @type {AbortController | null} */
  #abort = null;
  /** @type {{ frame: number, jpeg: Uint8Array<ArrayBuffer> } | null} */
  #newest = null;
  #decoding = false;

  /**
   * @param {string} camera
   * @param {(picture: ImageBitmap, frame: number) => void} show receives each picture and its frame number
   */
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

  /** @param {AbortController} abort */
  async #watch(abort) {
    const { signal } = abort;
    while (!signal.aborted) {
      try {
        const answer = await fetch(`stream.mjpg?camera=${encodeURIComponent(this.camera)}`, { signal });
        if (answer.ok && answer.body) {
          await readParts(answer.body, (headers, jpeg) => {
            this.#newest = { frame: Number(headers.get('x-frame-id')), jpeg };
            this.#decode(abort);
          });
        }
      } catch {
        // The stream failed, or was closed.
      }
      if (!signal.aborted) await new Promise(done => setTimeout(done, retryMs));
    }
  }

  /** @param {AbortController} abort */
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
        // A damaged picture; continue with the next.
      }
    }
    this.#decoding = false;
  }
}
