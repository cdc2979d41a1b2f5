import { useEffect, useRef } from '../vendor/hooks.mjs';
import { conditionOf } from '../model/condition.js';
import { html } from './html.js';
import { ms } from './format.js';

/** Frames a second, latency, drops and budget level of the last two minutes. */
export function Charts({ feed, theme }) {
  const { history, status } = feed;
  const gone = conditionOf(feed, null).kind === 'gone';
  // Of a service that is silent nothing is known now.
  const last = column => (gone ? null : column.at(-1) ?? null);
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

function Chart({ title, unit, value, time, values, theme, least = 1, steps = false }) {
  const place = useRef(null);
  const plot = useRef(null);

  useEffect(() => {
    const style = getComputedStyle(place.current);
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

const sizeOf = place => ({ width: Math.max(40, place.clientWidth), height: place.clientHeight || 56 });

function options(place, colour, least, steps) {
  const axis = { stroke: colour('--dim'), font: '10px system-ui, sans-serif', ticks: { show: false } };
  return {
    ...sizeOf(place),
    padding: [7, 2, 7, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: (_, __, max) => [max - 120, max] },
      y: { range: (_, __, max) => [0, Math.max(least, max * 1.15)] },
    },
    axes: [
      { show: false },
      { ...axis, size: 34, gap: 4, grid: { stroke: colour('--line'), width: 1 }, splits: u => [0, u.scales.y.max / 2, u.scales.y.max].map(tidy) },
    ],
    series: [
      {},
      { stroke: colour('--accent'), fill: colour('--accent-soft'), width: 1.5, points: { show: false }, ...(steps ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}) },
    ],
  };
}

// Two figures are enough for a line on so small a chart.
const tidy = value => Number(value.toPrecision(2));
