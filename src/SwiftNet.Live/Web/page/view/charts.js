// @ts-check
/** @import { Feed } from '../model/feed.js' */
import { useEffect, useRef } from '../vendor/hooks.mjs';
import { conditionOf } from '../model/condition.js';
import { html } from './html.js';
import { ms } from './format.js';

/**
 * Charts of frame rate, latency, drops and budget level over the last two minutes.
 * @param {{ feed: Feed, theme: string }} props
 */
export function Charts({ feed, theme }) {
  const { history, status } = feed;
  const gone = conditionOf(feed, null).kind === 'gone';
  /**
   * The latest value; null while the service is unreachable.
   * @template T
   * @param {T[]} column
   */
  const last = column => (gone ? null : column.at(-1) ?? null);
  /** @param {number | null} n */
  const rounded = n => (n === null ? '–' : n.toFixed(1));
  const budget = status?.budget;
  return html`
    <section class="charts" aria-label="Figures of the last two minutes">
      <${Chart} title="Frames" unit="/ s" value=${rounded(last(history.rate))} time=${history.time} values=${history.rate} theme=${theme} />
      <${Chart} title="Latency" unit=${last(history.latency) === null ? '' : 'ms'} value=${ms(last(history.latency))} time=${history.time} values=${history.latency} theme=${theme} />
      <${Chart} title="Drops" unit="/ s" value=${rounded(last(history.drops))} time=${history.time} values=${history.drops} theme=${theme} />
      <${Chart} title="Reduction" unit="" value=${last(history.level) ? `step ${last(history.level)} of ${budget?.lowest_level}` : 'none'} time=${history.time} values=${history.level} theme=${theme} least=${Math.max(1, budget?.lowest_level ?? 1)} steps=${true} />
    </section>`;
}

/** @param {{ title: string, unit: string, value: string, time: number[], values: (number | null)[], theme: string, least?: number, steps?: boolean }} props */
function Chart({ title, unit, value, time, values, theme, least = 1, steps = false }) {
  const place = useRef(null);
  const plot = useRef(null);

  useEffect(() => {
    const style = getComputedStyle(place.current);
    /** @param {string} name */
    const colour = name => style.getPropertyValue(name).trim();
    plot.current = new uPlot(options(place.current, colour, least, steps), [time, values], place.current);
    const sizes = new ResizeObserver(() => plot.current.setSize(sizeOf(place.current)));
    sizes.observe(place.current);
    return () => {
      sizes.disconnect();
      plot.current.destroy();
    };
  }, [theme, time, least]);
  useEffect(() => plot.current.setData([time, values]));

  return html`
    <figure class="card chart">
      <figcaption>${title}<b>${value} <small>${unit}</small></b></figcaption>
      <div ref=${place} role="img" aria-label=${`${title}: ${value} ${unit}`}></div>
    </figure>`;
}

/** @param {HTMLElement} place */
const sizeOf = place => ({ width: Math.max(40, place.clientWidth), height: place.clientHeight || 56 });

/**
 * @param {HTMLElement} place
 * @param {(name: string) => string} colour
 * @param {number} least the smallest maximum of the y axis
 * @param {boolean} steps
 */
function options(place, colour, least, steps) {
  const axis = { stroke: colour('--dim'), font: '10px system-ui, sans-serif', ticks: { show: false } };
  return {
    ...sizeOf(place),
    padding: [7, 2, 7, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: (/** @type {uPlot} */ _, /** @type {number} */ __, /** @type {number} */ max) => [max - 120, max] },
      y: { range: (/** @type {uPlot} */ _, /** @type {number} */ __, /** @type {number} */ max) => [0, Math.max(least, max * 1.15)] },
    },
    axes: [
      { show: false },
      { ...axis, size: 34, gap: 4, grid: { stroke: colour('--line'), width: 1 }, splits: (/** @type {uPlot} */ u) => [0, u.scales.y.max / 2, u.scales.y.max].map(tidy) },
    ],
    series: [
      {},
      { stroke: colour('--accent'), fill: colour('--accent-soft'), width: 1.5, points: { show: false }, ...(steps ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}) },
    ],
  };
}

/**
 * Two significant digits suffice on a small chart.
 * @param {number} value
 */
const tidy = value => Number(value.toPrecision(2));
