// @ts-check
/**
 * @import { Feed } from '../model/feed.js'
 * @import { Editor } from '../model/editor.js'
 */
import { html } from './html.js';
import { conditionOf, reductionOf } from '../model/condition.js';
import { Icon } from './icons.js';

/** @type {Record<string, [icon: string, text: string]>} */
const themes = { auto: ['auto', 'as the system'], light: ['sun', 'light'], dark: ['moon', 'dark'] };

/**
 * Camera selection, camera condition, and actions of the whole page.
 * @param {{ feed: Feed, editor: Editor, theme: string, act: Actions }} props
 */
export function Header({ feed, editor, theme, act }) {
  const { cameras, status } = feed;
  const { text, bad } = conditionOf(feed, editor.held);
  const reduced = status && reductionOf(status);
  return html`
    <header>
      <h1><img src="page/icon.svg" alt="" />SwiftNet<span>.Live</span></h1>
      ${cameras && cameras.length > 1 && html`
        <label class="camera"><span class="hidden">Camera</span>
          <select id="camera" value=${feed.camera} onChange=${(/** @type {{ target: HTMLSelectElement }} */ e) => act.pickCamera(e.target.value)} title="Camera (K for the next)">
            ${cameras.map(({ name }) => html`<option key=${name} value=${name}>${name}</option>`)}
          </select>
        </label>`}
      <span class=${bad ? 'health bad' : 'health'} id="state"><i></i>${text}</span>
      <span class="about">${[status?.source, status?.frame_size && `${status.frame_size}${status.network_size && `, segmented at ${status.network_size}`}`, status?.device].filter(Boolean).join(' · ')}</span>
      <span class="page-actions">
        <button type="button" class="icon-button" id="theme" onClick=${act.nextTheme} aria-label=${`Colours: ${themes[theme][1]}`} title=${`Colours: ${themes[theme][1]} (T)`}><${Icon} name=${themes[theme][0]} /></button>
        ${feed.login && html`<button type="button" class="icon-button" id="logout" onClick=${act.logout} aria-label="Log out" title="Log out"><${Icon} name="logout" /></button>`}
        <button type="button" class="icon-button" id="help" onClick=${act.help} aria-label="Help and keyboard shortcuts" title="Help (?)"><${Icon} name="help" /></button>
      </span>
      ${reduced && html`<span class="reduced" id="reduced">${reduced}</span>`}
    </header>`;
}
