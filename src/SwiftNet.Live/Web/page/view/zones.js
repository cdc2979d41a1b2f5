// @ts-check
/**
 * @import { Feed } from '../model/feed.js'
 * @import { Editor } from '../model/editor.js'
 */
import { html } from './html.js';
import { Icon } from './icons.js';
import { whole } from './format.js';

/**
 * The list of zones and lines with their counts.
 * @param {{ feed: Feed, editor: Editor, act: Actions }} props
 */
export function Zones({ feed, editor, act }) {
  const zones = feed.status?.zones ?? [];
  if (zones.length === 0) return null;
  return html`
    <section class="card zones" aria-labelledby="zones-title">
      <h2 id="zones-title">Zones <span class="count">${zones.length}</span>
        <label class="check">
          <input type="checkbox" checked=${editor.showsZones} onChange=${() => editor.set({ showsZones: !editor.showsZones })} /> Show
        </label>
      </h2>
      <ul>${zones.map(zone => html`<${ZoneRow} key=${zone.name} zone=${zone} act=${feed.controllable ? act : null} />`)}</ul>
    </section>`;
}

/** @param {{ zone: ZoneStatus, act: Actions | null }} props */
function ZoneRow({ zone, act }) {
  const { name, kind, drawn } = zone;
  return html`
    <li class="zone" data-name=${name} data-kind=${kind}>
      <${Icon} name=${kind} />
      <span class="name">${name}${!drawn && html` <small title=${`This ${kind} is in the settings`}>settings</small>`}</span>
      ${act && html`
        <span class="actions">
          <button type="button" class="icon-button" aria-label=${`Count ${name} from zero`} title="Count from zero"
            onClick=${() => act.resetZone(zone)}><${Icon} name="recovered" /></button>
          ${drawn && html`
            <button type="button" class="icon-button danger" aria-label=${`Remove ${name}`} title="Remove"
              onClick=${() => act.removeZone(zone)}><${Icon} name="remove" /></button>`}
        </span>`}
      <span class="counts">${figures(zone).map(([word, count]) => html`<span key=${word}><b>${whole(count)}</b> ${word}</span>`)}</span>
    </li>`;
}

/**
 * What is shown of a zone or line.
 * @param {ZoneStatus} zone
 * @returns {[word: string, count: number][]}
 */
function figures({ kind, counts, inside }) {
  /** @type {(word: string) => [string, number]} */
  const count = word => [word, counts[word]];
  return kind === 'line'
    ? ['forward', 'backward'].map(count)
    : [['inside', inside.length], ...['entered', 'left', 'dwelled', 'covered'].map(count)];
}
