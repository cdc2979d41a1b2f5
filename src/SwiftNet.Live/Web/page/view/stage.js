// @ts-check
/**
 * @import { Feed } from '../model/feed.js'
 * @import { Editor } from '../model/editor.js'
 */
import { useEffect, useRef, useState } from '../vendor/hooks.mjs';
import { html } from './html.js';
import { conditionOf } from '../model/condition.js';
import { Icon } from './icons.js';
import { Screen } from './screen.js';

/**
 * The picture with its overlay.
 * @param {{ editor: Editor, feed: Feed, announce: (text: string) => void }} props
 */
export function Stage({ editor, feed, announce }) {
  const element = useRef(null);
  const screen = useRef(null);
  const [hasPicture, setHasPicture] = useState(false);

  useEffect(() => {
    /** @param {string} [text] */
    const hear = text => (text === undefined ? setHasPicture(true) : announce(text));
    screen.current = editor.screen = new Screen(element.current, editor, feed, hear);
    return () => screen.current.close();
  }, [editor]);
  useEffect(() => screen.current.update());

  const { held, tool } = editor;
  const [width, height] = (feed.status?.frame_size || '16x9').split('x').map(Number);
  const condition = conditionOf(feed, held);
  const label = `${held ? 'Held' : condition.chip} picture of ${feed.camera}`;
  return html`
    <div class="surround"><div class="screen" ref=${element} tabindex="0" role="application" aria-label=${label} aria-describedby="pointing"
      data-tool=${feed.controllable ? tool : 'none'} data-held=${held !== null} style=${{ '--ratio': width / height }}>
      <canvas width="16" height="9"></canvas><canvas class="marks"></canvas>
      ${!hasPicture && html`<p class="waiting">${condition.bad ? condition.text : 'The picture appears with the next frame.'}</p>`}
      <div class="chips" aria-hidden="true">
        <span class=${`chip ${held ? 'held' : condition.kind}`}>${held ? html`<${Icon} name="freeze" /> Frame ${held.id.toLocaleString('en')}` : html`<i></i> ${condition.chip}`}</span>
        ${editor.asking && html`<span class="chip"><i class="spinner"></i> Segmenting</span>`}
      </div>
    </div></div>
    <p id="pointing" class="hidden">Arrow keys move a cursor and hold the picture; with Shift, by one pixel. Enter applies the selected tool there. Control and Enter confirms, Escape goes back.</p>`;
}
