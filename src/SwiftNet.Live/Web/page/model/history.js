// @ts-check
const seconds = 120;

/** A camera's figures of the last two minutes, one sample per second, as columns for uPlot. */
export class History {
  /** @type {number[]} */
  time = [];
  /** @type {number[]} */
  rate = [];
  /** @type {(number | null)[]} */
  latency = [];
  /** @type {number[]} */
  drops = [];
  /** @type {number[]} */
  level = [];
  /** @type {Map<number, number[]>} */
  areas = new Map();
  /** @type {{ count: number, at: number } | null} */
  #dropped = null;

  /**
   * Adds a sample.
   * @param {CameraStatus} status
   * @param {TrackedObject[]} objects
   * @param {boolean} live
   */
  add(status, objects, live, now = Date.now() / 1000) {
    const dropped = status.ledger.filter(term => term.name.startsWith('overtaken')).reduce((sum, term) => sum + term.count, 0);
    const before = this.#dropped;
    this.#dropped = { count: dropped, at: now };
    const lost = before && now > before.at ? Math.max(0, (dropped - before.count) / (now - before.at)) : 0;

    this.#push(this.time, now);
    this.#push(this.rate, status.frames_per_second);
    // Without pictures there is no latency: a gap instead of 0.
    this.#push(this.latency, live && status.output_ms.median > 0 ? status.output_ms.median : null);
    this.#push(this.drops, lost);
    this.#push(this.level, status.budget.level);

    const areas = new Map();
    for (const { id, area, state } of objects) {
      const past = this.areas.get(id) ?? [];
      if (state !== 'catching_up') this.#push(past, area);
      areas.set(id, past);
    }
    this.areas = areas;
  }

  /**
   * @template T
   * @param {T[]} column
   * @param {T} value
   */
  #push(column, value) {
    column.push(value);
    if (column.length > seconds) column.shift();
  }
}
