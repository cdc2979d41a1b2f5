// @ts-check
/** @import { Editor } from '../model/editor.js' */
import { html } from './html.js';
import { Icon } from './icons.js';

/** @type {[name: Editor['tool'], text: string, key: string, title: string][]} */
const tools = [
  ['include', 'Include', 'A', 'Click what belongs to the object; drag a box around it'],
  ['exclude', 'Exclude', 'X', 'Click what does not belong to the object'],
  ['box', 'Box', 'B', 'Drag a box around the object'],
  ['paint', 'Paint', 'P', 'Paint the object'],
  ['erase', 'Erase', 'E', 'Erase from the mask'],
  ['zone', 'Zone', 'G', 'Draw a zone: click its corners'],
  ['line', 'Line', 'L', 'Draw a line that counts what crosses it: click its ends'],
];

/**
 * The toolbar.
 * @param {{ editor: Editor, act: Actions, windowed: boolean }} props
 */
export function Tools({ editor, act, windowed }) {
  const brushes = editor.tool === 'paint' || editor.tool === 'erase';
  return html`
    <div class="tools" role="toolbar" aria-label="Tools" aria-controls="picture">
      <button type="button" class="tool hold" onClick=${act.toggle} title=${editor.held ? 'Return to live (F)' : 'Hold the picture (F)'}>
        <${Icon} name=${editor.held ? 'play' : 'freeze'} /><span>${editor.held ? 'Go live' : 'Freeze'}</span>
      </button>
      <span class="rule"></span>
      ${tools.map(([name, text, key, title]) => html`
        <button key=${name} type="button" class="tool" data-tool=${name} aria-pressed=${editor.tool === name} onClick=${() => editor.set({ tool: name })} title=${`${title} (${key})`}>
          <${Icon} name=${name} /><span>${text}</span>
        </button>`)}
      <span class="rule"></span>
      ${windowed && html`<button type="button" class="tool bare" id="windows" aria-pressed=${editor.showsWindows} onClick=${() => editor.set({ showsWindows: !editor.showsWindows })} title="Show what the network processes (W)"><${Icon} name="box" /><span>Windows</span></button>`}
      <button type="button" class="tool bare" disabled=${!editor.canUndo} onClick=${() => editor.undo()} title="Undo (Z)"><${Icon} name="undo" /><span>Undo</span></button>
      <button type="button" class="tool bare" onClick=${act.snapshot} title="Download this picture (S)" id="snapshot"><${Icon} name="snapshot" /><span>Snapshot</span></button>
      ${brushes && html`
        <label class="brush"><span>Brush</span>
          <input type="range" min="2" max="120" value=${editor.brush} onInput=${(/** @type {{ target: HTMLInputElement }} */ e) => editor.set({ brush: Number(e.target.value) })} title="Brush size ([ and ])" />
          <output>${editor.brush}</output>
        </label>`}
    </div>`;
}
