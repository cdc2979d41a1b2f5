// @ts-check
/**
 * @import { Feed } from '../model/feed.js'
 * @import { Editor } from '../model/editor.js'
 */
import { html } from './html.js';
import { Icon } from './icons.js';
import { ms, whole } from './format.js';

/**
 * The proposed mask with its actions, or a hint on what to do next.
 * @param {{ editor: Editor, feed: Feed, act: Actions }} props
 */
export function Proposal({ editor, feed, act }) {
  const { held, proposal, target, refusal } = editor;
  return html`
    <form class="proposal" onSubmit=${(/** @type {SubmitEvent} */ e) => { e.preventDefault(); act.confirm(); }} aria-label=${target ? `Correct ${target.name}` : 'New object'}>
      ${proposal && !target && html`
        <input class="swatch" type="color" aria-label="Colour of the new object" value=${editor.colour} onInput=${(/** @type {{ target: HTMLInputElement }} */ e) => editor.set({ colour: e.target.value })} />
        <input class="name" type="text" maxlength="60" aria-label="Name of the new object" placeholder="Name (optional)" autocomplete="off" value=${editor.name} onInput=${(/** @type {{ target: HTMLInputElement }} */ e) => editor.set({ name: e.target.value })} />`}
      ${target && html`<i class="dot" style=${{ background: target.colour }}></i><b class="target">${target.name}</b>`}
      <span class="said">${hint(editor, feed)}</span>
      ${held && html`
        <span class="actions">
          <button type="button" class="quiet" onClick=${act.discard}>${editor.hasPrompt || target ? 'Discard' : 'Back to live'}</button>
          ${(proposal || target || editor.asking) && html`
            <button type="submit" class="main" disabled=${!editor.canConfirm} id="confirm"><${Icon} name="check" />${target ? 'Correct' : 'Track'}</button>`}
        </span>`}
      ${refusal && html`<p class="refusal" role="alert">${refusal}</p>`}
    </form>`;
}

/** @param {Editor} editor @param {Feed} feed */
function hint({ held, hasPrompt, proposal, target, asking, saving }, feed) {
  if (!feed.controllable) return 'This run only shows its objects; they cannot be changed.';
  if (saving) return 'Saving…';
  if (target && proposal && !hasPrompt) return 'Include what is missing, exclude what is too much.';
  if (proposal) return `${whole(proposal.area)} px · ${ms(proposal.took_ms)} ms`;
  if (asking) return 'Segmenting…';
  if (target) return 'The object is not visible in this frame: click it, or drag a box around it.';
  return held ? 'Click an object, or drag a box around it.' : 'Click an object in the picture, or drag a box around it, to track it.';
}
