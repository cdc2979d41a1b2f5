// @ts-check
import { useEffect, useRef } from '../vendor/hooks.mjs';
import { html } from './html.js';
import { Icon } from './icons.js';

/**
 * A modal dialog, open while rendered; closed by Escape or a click outside.
 * @param {{ label: string, onClose: () => void, children?: unknown }} props
 */
export function Dialog({ label, onClose, children }) {
  const element = useRef(null);
  useEffect(() => element.current.showModal(), []);
  return html`
    <dialog ref=${element} aria-label=${label} onClose=${onClose} onClick=${(/** @type {MouseEvent} */ e) => e.target === element.current && element.current.close()}>
      <div class="inside">${children}</div>
    </dialog>`;
}

/**
 * Asks for confirmation of an irreversible action.
 * @param {{ question: string, action: string, onYes: () => void, onClose: () => void }} props
 */
export function Confirm({ question, action, onYes, onClose }) {
  return html`
    <${Dialog} label=${question} onClose=${onClose}>
      <p>${question}</p>
      <form method="dialog" class="choices">
        <button class="quiet" type="submit">Cancel</button>
        <button class="main danger" id="yes" onClick=${onYes}>${action}</button>
      </form>
    <//>`;
}

/**
 * Instructions and keyboard shortcuts.
 * @param {{ shortcuts: Shortcut[], single: boolean, onSingle: (on: boolean) => void, onClose: () => void }} props
 */
export function Help({ shortcuts, single, onSingle, onClose }) {
  return html`
    <${Dialog} label="Help" onClose=${onClose}>
      <form method="dialog" class="title"><h2>Help</h2><button class="icon-button" aria-label="Close"><${Icon} name="close" /></button></form>
      <p>Click an object in the picture, or drag a box around it. The picture is held, and the proposed mask is shown at once.
        Click again to include or exclude more, paint the rest, then confirm. The object is tracked from that frame on.</p>
      <p>Shift, Alt or the right button reverses a click. With the keyboard: focus the picture with Tab, move the cursor with the arrow keys
        (with Shift by one pixel), and click with Enter. For a box, press Enter at two corners.</p>
      <dl class="keys">${shortcuts.filter(s => s.text).map(s => html`<div key=${s.text}><dt>${s.shown?.map(key => html`<kbd>${key}</kbd>`)}</dt><dd>${s.text}</dd></div>`)}</dl>
      <label class="check"><input type="checkbox" checked=${single} onChange=${(/** @type {{ target: HTMLInputElement }} */ e) => onSingle(e.target.checked)} /> Single-letter shortcuts</label>
    <//>`;
}
