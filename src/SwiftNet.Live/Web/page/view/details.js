import { html } from './html.js';
import { ms, whole } from './format.js';

/** All that the service counts. */
export function Details({ status }) {
  if (!status) return null;
  const { ledger, shown, parts_ms: parts, sinks, connection } = status;
  return html`
    <details class="card details" id="details">
      <summary>Details</summary>
      <div class="tables">
        <${Table} title="Camera" rows=${[
          ['source', status.source], ['connection', connection.state.replace('_', ' ')], ['reconnects', whole(connection.reconnects)],
          ['last fault', connection.error], ['picture', status.frame_size], ['seen by the network at', status.network_size], ['device', status.device],
          ['newest frame', status.frame < 0 ? null : whole(status.frame)],
        ]} />
        <${Table} title="Frames" rows=${ledger.map(term => [term.name, whole(term.count)])} />
        <${Table} title="Pictures shown at once" rows=${shown.map(term => [term.name, whole(term.count)])} />
        <${Table} title="Age, median / p95 / p99 ms" rows=${[
          ['of the mask', spread(status.age_ms)], ['of what is seen', spread(status.output_ms)],
          ['mask behind picture', status.mask_behind_ms > 0 ? ms(status.mask_behind_ms) : null],
        ]} />
        <${Table} title="Times, median / p95 ms" rows=${parts.map(part => [part.name, `${ms(part.median)} / ${ms(part.p95)}`])} />
        <${Table} title="Memory" rows=${memoryRows(status.memory)} />
        <${Table} title="Time budget" rows=${budgetRows(status.budget)} />
        <${Table} title="Sinks, taken / failed / dropped" rows=${sinks.flatMap(sink => [
          [sink.name, `${whole(sink.taken)} / ${whole(sink.failed)} / ${whole(sink.dropped)}`],
          ...(sink.failing ? [[sink.last_error, '', 'why']] : []),
        ])} />
      </div>
    </details>`;
}

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

const spread = age => `${ms(age.median)} / ${ms(age.p95)} / ${ms(age.p99)}`;

const memoryRows = memory => (memory.capacity === 0 ? [] : [
  ['pixels an object', `${whole(memory.pixels)} of ${whole(memory.capacity)}`],
  ['writes', whole(memory.writes)],
  ['last write', memory.last_reason && `frame ${whole(memory.last_frame)}, ${memory.last_reason}`],
]);

const budgetRows = budget => (budget.limit_ms === 0 ? [] : [
  ['a frame, ms', budget.kept ? `${ms(budget.frame_ms)} of ${ms(budget.limit_ms)}` : 'pinned'],
  ['reduction', budget.level === 0 ? 'none' : `step ${budget.level} of ${budget.lowest_level}: sides × ${budget.scale}, memory of ${budget.capacity_frames} frames`],
  ['steps down / up', `${whole(budget.downs)} / ${whole(budget.ups)}`],
  ['writes due / waited / forced', `${whole(budget.writes_triggered)} / ${whole(budget.writes_deferred)} / ${whole(budget.writes_forced)}`],
  ['last step', budget.last_decision],
]);
