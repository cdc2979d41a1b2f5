const seconds = 120;

/** The last two minutes of a camera's figures, one sample a second, in columns as uPlot takes them. */
export class History {
  time = [];
  rate = [];
  latency = [];
  drops = [];
  level = [];
  areas = new Map();
  #dropped = null;

  /** Takes the figures of one moment. */
  add(status, objects, live, now = Date.now() / 1000) {
    const dropped = status.ledger.filter(term => term.name.startsWith('overtaken')).reduce((sum, term) => sum + term.count, 0);
    const before = this.#dropped;
    this.#dropped = { count: dropped, at: now };
    const lost = before && now > before.at ? Math.max(0, (dropped - before.count) / (now - before.at)) : 0;

    this.#push(this.time, now);
    this.#push(this.rate, status.frames_per_second);
    // Without pictures there is none: a gap, not nought.
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

  #push(column, value) {
    column.push(value);
    if (column.length > seconds) column.shift();
  }
}
