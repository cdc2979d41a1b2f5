import { useEffect, useRef } from '../vendor/hooks.mjs';
import { html } from './html.js';
import { Icon } from './icons.js';

/** A dialog that is open as long as it is there; Escape and a press beside it close it. */
function Dialog({ label, onClose, children }) {
  const element = useRef(null);
  useEffect(() => element.current.showModal(), []);
  return html`
    <dialog ref=${element} aria-label=${label} onClose=${onClose} onClick=${e => e.target === element.current && element.current.close()}>
      <div class="inside">${children}</div>
    </dialog>`;
}

/** Asks before something that cannot be taken back. */
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

/** How it is used, and its keys. */
export function Help({ shortcuts, single, onSingle, onClose }) {
  return html`
    <${Dialog} label="Help" onClose=${onClose}>
      <form method="dialog" class="title"><h2>Help</h2><button class="icon-button" aria-label="Close"><${Icon} name="close" /></button></form>
      <p>Click an object in the picture, or drag a box around it. The picture is held, and the mask that the service understood is shown at once.
        Point again to include or exclude more, paint what is left, then confirm. The service follows the object from that frame on.</p>
      <p>Shift, Alt or the right button turns a click round. With the keyboard: move to the picture with Tab, move the cursor with the arrow keys
        (with Shift by one pixel), and point with Enter. For a box, press Enter on two corners.</p>
      <dl class="keys">${shortcuts.filter(s => s.text).map(s => html`<div key=${s.text}><dt>${s.shown.map(key => html`<kbd>${key}</kbd>`)}</dt><dd>${s.text}</dd></div>`)}</dl>
      <label class="check"><input type="checkbox" checked=${single} onChange=${e => onSingle(e.target.checked)} /> Shortcuts of a single letter</label>
    <//>`;
}
