// @ts-check
/**
 * @import { Feed } from '../model/feed.js'
 * @import { Editor } from '../model/editor.js'
 */
import { html } from './html.js';
import { conditionOf } from '../model/condition.js';
import { Icon } from './icons.js';
import { ago, percent, whole } from './format.js';
import { Sparkline } from './sparkline.js';
import { memoryPath } from '../model/api.js';

/** @type {Record<string, string>} */
const states = { tracking: 'Tracking', occluded: 'Occluded', lost: 'Lost', recovered: 'Recovered', catching_up: 'Catching up', paused: 'Paused' };
/** @type {Record<string, string>} */
const refusals = { flood: 'The newest mask flooded the picture and was rejected.', jump: 'The newest mask jumped to another place and was rejected.' };

/**
 * The list of tracked objects.
 * @param {{ feed: Feed, editor: Editor, act: Actions }} props
 */
export function Objects({ feed, editor, act }) {
  const { objects, controllable } = feed;
  const { kind, bad } = conditionOf(feed, editor.held);
  return html`
    <section class=${bad ? 'card objects stale' : 'card objects'} aria-labelledby="objects-title">
      <h2 id="objects-title">Objects <span class="count">${objects.length || ''}</span></h2>
      ${objects.length === 0 && html`<p class="empty">No object is tracked yet.${controllable && ' Click something in the picture.'}</p>`}
      ${bad && objects.length > 0 && html`<p class="stale-note">${kind === 'gone' ? 'From the last status of the service.' : 'From the last picture.'}</p>`}
      <ul>${objects.map(object => html`
        <${ObjectRow} key=${object.id} object=${object} detail=${feed.status?.objects.find(o => o.id === object.id)?.detail} areas=${feed.history.areas.get(object.id)} chosen=${editor.target?.id === object.id} act=${controllable ? act : null} />`)}
      </ul>
      ${controllable && html`
        <div class="foot">
          <a class="quiet" href=${memoryPath(feed.camera)} download=${`${feed.camera}.objects`} title="Download the objects with their memory"><${Icon} name="save" />Save</a>
          <label class="quiet" title="Restore objects from a saved file"><${Icon} name="restore" />Restore
            <input type="file" class="hidden" onChange=${(/** @type {{ target: HTMLInputElement }} */ e) => { act.restore(e.target.files?.[0]); e.target.value = ''; }} />
          </label>
          <button type="button" class="quiet danger" disabled=${objects.length === 0} onClick=${act.reset} id="reset"><${Icon} name="remove" />Remove all</button>
        </div>`}
    </section>`;
}

/** @param {{ object: TrackedObject, detail?: string | null, areas?: number[], chosen: boolean, act: Actions | null }} props */
function ObjectRow({ object, detail, areas, chosen, act }) {
  const { id, name, colour, state, since, confidence, area, refused } = object;
  // Figures exist only while the object is visible.
  const visible = state === 'tracking' || state === 'occluded' || state === 'recovered';
  return html`
    <li class=${chosen ? 'object chosen' : 'object'} data-id=${id} data-state=${state}>
      ${act
        ? html`<input class="swatch" type="color" value=${colour} aria-label=${`Colour of ${name}`} onChange=${(/** @type {{ target: HTMLInputElement }} */ e) => act.change(id, { colour: e.target.value })} />`
        : html`<i class="dot" style=${{ background: colour }}></i>`}
      ${act
        ? html`<input class="name" type="text" maxlength="60" value=${name} aria-label=${`Name of object ${id}`} autocomplete="off"
            onKeyDown=${(/** @type {KeyboardEvent & { target: HTMLInputElement }} */ e) => e.key === 'Enter' && e.target.blur()}
            onChange=${(/** @type {{ target: HTMLInputElement }} */ e) => (e.target.value.trim() ? act.change(id, { name: e.target.value.trim() }) : (e.target.value = name))} />`
        : html`<span class="name">${name}</span>`}
      <span class="state"><${Icon} name=${states[state] ? state : 'lost'} />${states[state] ?? state}${since && html` <small title=${new Date(since).toLocaleString()}>${ago(since)}</small>`}</span>
      ${visible && html`<span class="confidence" title="Confidence"><meter min="0" max="1" low="0.5" high="0.75" optimum="1" value=${confidence} aria-label=${`Confidence of ${name}`}></meter>${percent(confidence)}</span>`}
      <${Sparkline} values=${areas} colour=${colour} />
      ${visible && html`<span class="area">${area ? `${whole(area)} px` : 'not visible'}${area && detail ? html` <small title="Network pixels to camera pixels per side">${detail}</small>` : ''}</span>`}
      ${act && html`
        <span class="actions">
          <button type="button" class="icon-button" aria-label=${`Correct ${name}`} title="Correct" aria-pressed=${chosen} disabled=${state === 'catching_up'} onClick=${() => act.correct(object)}><${Icon} name="correct" /></button>
          <button type="button" class="icon-button" aria-label=${state === 'paused' ? `Resume ${name}` : `Pause ${name}`} title=${state === 'paused' ? 'Resume' : 'Pause'} disabled=${state === 'catching_up'} onClick=${() => act.change(id, { paused: state !== 'paused' })}><${Icon} name=${state === 'paused' ? 'play' : 'paused'} /></button>
          <button type="button" class="icon-button danger" aria-label=${`Remove ${name}`} title="Remove" onClick=${() => act.remove(object)}><${Icon} name="remove" /></button>
        </span>`}
      ${refused && html`<p class="refused">${refusals[refused] ?? refused}</p>`}
    </li>`;
}
