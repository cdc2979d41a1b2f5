import { html } from './html.js';

const [width, height, seconds] = [120, 22, 60];

/** How an object's area went over the last minute, from nothing to its largest. */
export function Sparkline({ values: all = [], colour }) {
  const values = all.slice(-seconds);
  const most = Math.max(1, ...values);
  const at = (value, i) => `${(width - (values.length - 1 - i) * (width / seconds)).toFixed(1)},${(height - 1 - (value / most) * (height - 3)).toFixed(1)}`;
  return html`
    <svg class="sparkline" viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label="Area over the last minute">
      ${values.length > 1 && html`<polyline points=${values.map(at).join(' ')} style=${{ stroke: colour }} vector-effect="non-scaling-stroke" />`}
    </svg>`;
}
