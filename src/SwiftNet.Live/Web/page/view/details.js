// @ts-check
import { html } from './html.js';
import { ms, whole } from './format.js';

/**
 * All figures of the status.
 * @param {{ status: CameraStatus | null }} props
 */
export function Details({ status }) {
  if (!status) return null;
  const { ledger, shown, parts_ms: parts, sinks, connection } = status;
  return html`
    <details class="card details" id="details">
      <summary>Details</summary>
      <div class="tables">
        <${Table} title="Camera" rows=${[
          ['source', status.source], ['connection', connection.state.replace('_', ' ')], ['reconnects', whole(connection.reconnects)],
          ['last failure', connection.error], ['picture', status.frame_size], ['network input', status.network_size], ['windows', status.windows?.map(w => `${w.width}x${w.height} at ${w.detail}`).join(', ')], ['device', status.device],
          ['newest frame', status.frame < 0 ? null : whole(status.frame)],
        ]} />
        <${Table} title="Frames" rows=${ledger.map(term => [term.name, whole(term.count)])} />
        <${Table} title="Pictures shown without waiting" rows=${shown.map(term => [term.name, whole(term.count)])} />
        <${Table} title="Latency, median / p95 / p99 ms" rows=${[
          ['mask', spread(status.age_ms)], ['display', spread(status.output_ms)],
          ['mask behind picture', status.mask_behind_ms > 0 ? ms(status.mask_behind_ms) : null],
        ]} />
        <${Table} title="Processing, median / p95 ms" rows=${parts.map(part => [part.name, `${ms(part.median)} / ${ms(part.p95)}`])} />
        <${Table} title="Memory" rows=${memoryRows(status.memory)} />
        <${Table} title="Time budget" rows=${budgetRows(status.budget)} />
        <${Table} title="Sinks, taken / failed / dropped" rows=${sinks.flatMap(sink => [
          [sink.name, `${whole(sink.taken)} / ${whole(sink.failed)} / ${whole(sink.dropped)}`],
          ...(sink.failing ? [[sink.last_error, '', 'why']] : []),
        ])} />
      </div>
    </details>`;
}

/** @typedef {[name: string | null, value?: string | number | null, kind?: string]} Row */

/** @param {{ title: string, rows: Row[] }} props */
function Table({ title, rows }) {
  const full = rows.filter(([, value, kind]) => value || kind);
  if (full.length === 0) return null;
  return html`
    <div class="group"><h3>${title}</h3>
      <table><tbody>${full.map(([name, value, kind]) => (kind === 'why'
        ? html`<tr><td class="why" colspan="2">${name}</td></tr>`
        : html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`))}</tbody></table>
    </div>`;
}

/** @param {Latency} age */
const spread = age => `${ms(age.median)} / ${ms(age.p95)} / ${ms(age.p99)}`;

/** @param {MemoryStatus} memory @returns {Row[]} */
const memoryRows = memory => (memory.capacity === 0 ? [] : [
  ['pixels per object', `${whole(memory.pixels)} of ${whole(memory.capacity)}`],
  ['writes', whole(memory.writes)],
  ['last write', memory.last_reason && `frame ${whole(memory.last_frame)}, ${memory.last_reason}`],
]);

/** @param {BudgetStatus} budget @returns {Row[]} */
const budgetRows = budget => (budget.limit_ms === 0 ? [] : [
  ['per frame, ms', budget.kept ? `${ms(budget.frame_ms)} of ${ms(budget.limit_ms)}` : 'not enforced'],
  ['reduction', budget.level === 0 ? 'none' : `step ${budget.level} of ${budget.lowest_level}: sides × ${budget.scale}, memory of ${budget.capacity_frames} frames`],
  ['steps down / up', `${whole(budget.downs)} / ${whole(budget.ups)}`],
  ['writes triggered / deferred / forced', `${whole(budget.writes_triggered)} / ${whole(budget.writes_deferred)} / ${whole(budget.writes_forced)}`],
  ['last step', budget.last_decision],
]);
