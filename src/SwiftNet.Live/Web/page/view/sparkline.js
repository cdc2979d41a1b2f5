// @ts-check
import { html } from './html.js';

const [width, height, seconds] = [120, 22, 60];

/**
 * An object's area over the last minute, scaled to its maximum.
 * @param {{ values?: number[], colour: string }} props
 */
export function Sparkline({ values: all = [], colour }) {
  const values = all.slice(-seconds);
  const most = Math.max(1, ...values);
  /** @param {number} value @param {number} i */
  const at = (value, i) => `${(width - (values.length - 1 - i) * (width / seconds)).toFixed(1)},${(height - 1 - (value / most) * (height - 3)).toFixed(1)}`;
  return html`
    <svg class="sparkline" viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label="Area over the last minute">
      ${values.length > 1 && html`<polyline points=${values.map(at).join(' ')} style=${{ stroke: colour }} vector-effect="non-scaling-stroke" />`}
    </svg>`;
}
