import { html } from './html.js';
import { Icon } from './icons.js';
import { ms, whole } from './format.js';

/** What can be done with what was understood; before that, what to do. */
export function Proposal({ editor, feed, act }) {
  const { held, proposal, target, refusal } = editor;
  return html`
    <form class="proposal" onSubmit=${e => { e.preventDefault(); act.confirm(); }} aria-label=${target ? `Correct ${target.name}` : 'New object'}>
      ${proposal && !target && html`
        <input class="swatch" type="color" aria-label="Colour of the new object" value=${editor.colour} onInput=${e => editor.set({ colour: e.target.value })} />
        <input class="name" type="text" maxlength="60" aria-label="Name of the new object" placeholder="Name (optional)" autocomplete="off" value=${editor.name} onInput=${e => editor.set({ name: e.target.value })} />`}
      ${target && html`<i class="dot" style=${{ background: target.colour }}></i><b class="target">${target.name}</b>`}
      <span class="said">${said(editor, feed)}</span>
      ${held && html`
        <span class="actions">
          <button type="button" class="quiet" onClick=${act.discard}>${editor.hasPrompt || target ? 'Discard' : 'Back to live'}</button>
          ${(proposal || target || editor.asking) && html`
            <button type="submit" class="main" disabled=${!editor.canConfirm} id="confirm"><${Icon} name="check" />${target ? 'Correct' : 'Follow'}</button>`}
        </span>`}
      ${refusal && html`<p class="refusal" role="alert">${refusal}</p>`}
    </form>`;
}

function said({ held, hasPrompt, proposal, target, asking, saving }, feed) {
  if (!feed.controllable) return 'This run only shows its objects: nothing can be pointed at.';
  if (saving) return 'One moment…';
  if (target && proposal && !hasPrompt) return 'Include what is missing, exclude what is too much.';
  if (proposal) return `${whole(proposal.area)} px · ${ms(proposal.took_ms)} ms`;
  if (asking) return 'Looking…';
  if (target) return 'It is not seen on this frame: point at it, or drag a box around it.';
  return held ? 'Click an object, or drag a box around it.' : 'Click an object in the picture, or drag a box around it, to follow it.';
}
