// @ts-check
/** @import { Editor } from '../model/editor.js' */
import { html } from './html.js';
import { Icon } from './icons.js';

/**
 * The zone or line that is being drawn, with its name and actions.
 * @param {{ editor: Editor, kind: 'zone' | 'line', act: Actions }} props
 */
export function ZoneForm({ editor, kind, act }) {
  const { draft } = editor;
  const complete = draft.isComplete(kind);
  return html`
    <form class="proposal" onSubmit=${(/** @type {SubmitEvent} */ e) => { e.preventDefault(); act.saveZone(); }} aria-label=${`New ${kind}`}>
      ${complete && html`
        <input class="name" type="text" maxlength="64" aria-label=${`Name of the new ${kind}`} placeholder=${draft.freeName(kind)}
          autocomplete="off" value=${draft.name}
          onInput=${(/** @type {{ target: HTMLInputElement }} */ e) => draft.rename(e.target.value)} />`}
      <span class="said">${hint(kind, draft.points.length)}</span>
      ${draft.points.length > 0 && html`
        <span class="actions">
          <button type="button" class="quiet" onClick=${() => draft.clear()}>Discard</button>
          ${kind === 'line' && complete && html`
            <button type="button" class="quiet" onClick=${() => draft.turn()} id="turn">Turn around</button>`}
          <button type="submit" class="main" disabled=${!complete || draft.saving} id="save-zone"><${Icon} name="check" />Save</button>
        </span>`}
      ${draft.refusal && html`<p class="refusal" role="alert">${draft.refusal}</p>`}
    </form>`;
}

/** @param {'zone' | 'line'} kind @param {number} points */
function hint(kind, points) {
  if (points === 0) return kind === 'line' ? 'Click the two ends of the line.' : 'Click the corners of the zone, one after the other.';
  if (kind === 'line') return points === 1 ? 'Click the other end.' : 'The arrow shows forward.';
  return points < 3 ? `${3 - points} more at least.` : 'Click more corners, or save.';
}
