// @ts-check
import { render } from './vendor/preact.mjs';
import { useEffect, useLayoutEffect, useMemo, useReducer, useState } from './vendor/hooks.mjs';
import * as api from './model/api.js';
import { Editor } from './model/editor.js';
import { conditionOf } from './model/condition.js';
import { Feed } from './model/feed.js';
import { html } from './view/html.js';
import { Charts } from './view/charts.js';
import { ClipDialog, Clips } from './view/clips.js';
import { Confirm, Help } from './view/dialogs.js';
import { Details } from './view/details.js';
import { Header } from './view/header.js';
import { Objects } from './view/objects.js';
import { Proposal } from './view/proposal.js';
import { Stage } from './view/stage.js';
import { ZoneForm } from './view/zoneform.js';
import { Zones } from './view/zones.js';
import { Tools } from './view/tools.js';
import { shortcutsOf, useKeys } from './view/keys.js';
import { useStored } from './view/stored.js';

// The camera's name is in the address, so that links and reloads keep it.
const named = () => decodeURIComponent(location.hash.slice(1));

/** The page of one camera. */
function App() {
  const [name, setName] = useState(named);
  const [, changed] = useReducer(n => n + 1, 0);
  const [spoken, setSpoken] = useState('');
  const [dialog, setDialog] = useState(/** @type {Dialog} */ (null));
  const [theme, setTheme] = useStored('theme', 'auto');
  const [single, setSingle] = useStored('shortcuts', true);
  const [wrong, setWrong] = useState(/** @type {string | null} */ (null));

  const { feed, editor } = useMemo(() => {
    const camera = new Feed(name, changed, setSpoken);
    return { feed: camera, editor: new Editor(camera, changed, setSpoken) };
  }, [name]);
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  // Displayed ages keep counting while the service is unreachable.
  useEffect(() => {
    const ticks = setInterval(changed, 1000);
    return () => clearInterval(ticks);
  }, []);
  useEffect(() => {
    const follow = () => setName(named());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  // Before painting, so that button and page never disagree.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  useEffect(() => {
    document.title = feed.camera ? `${feed.camera} · SwiftNet.Live` : 'SwiftNet.Live';
  }, [feed.camera]);

  const act = createActions({ feed, editor, theme, setTheme, setDialog, setWrong });
  const shortcuts = shortcutsOf(editor, act);
  useKeys(shortcuts, single);

  return html`
    <${Header} feed=${feed} editor=${editor} theme=${theme} act=${act} />
    ${feed.status?.budget.too_slow && html`<p class="notice" role="status" id="too-slow">${feed.status.budget.too_slow}</p>`}
    <main>
      <section class="card stage" id="picture" aria-label="Picture">
        ${feed.status
          ? html`<${Stage} key=${feed.camera} editor=${editor} feed=${feed} announce=${setSpoken} />`
          : html`<div class="screen" data-tool="none"><p class="waiting">${conditionOf(feed, null).text}</p></div>`}
        ${feed.controllable && html`<${Tools} editor=${editor} act=${act} windowed=${(feed.status?.windows?.length ?? 0) > 0} />`}
        ${editor.zoneKind
          ? html`<${ZoneForm} editor=${editor} kind=${editor.zoneKind} act=${act} />`
          : html`<${Proposal} editor=${editor} feed=${feed} act=${act} />`}
      </section>
      <${Objects} feed=${feed} editor=${editor} act=${act} />
      <${Zones} feed=${feed} editor=${editor} act=${act} />
      <${Clips} feed=${feed} act=${act} />
      <${Charts} feed=${feed} theme=${theme} />
      <${Details} status=${feed.status} />
    </main>
    <p class="hidden" role="status" aria-live="polite" id="spoken">${spoken}</p>
    ${wrong && html`<p class="toast" role="alert">${wrong}<button type="button" class="quiet" onClick=${() => setWrong(null)}>Dismiss</button></p>`}
    ${dialog === 'help' && html`<${Help} shortcuts=${shortcuts} single=${single} onSingle=${setSingle} onClose=${() => setDialog(null)} />`}
    ${dialog !== null && dialog !== 'help' && 'clip' in dialog && html`
      <${ClipDialog} camera=${feed.camera} clip=${dialog.clip} act=${act} onClose=${() => setDialog(null)} />`}
    ${dialog !== null && dialog !== 'help' && 'question' in dialog && html`<${Confirm} ...${dialog} onClose=${() => setDialog(null)} />`}`;
}

// Changes run in sequence, so that each uses the list revision of the previous one.
let last = Promise.resolve();

/** @typedef {'help' | { clip: Clip } | { question: string, action: string, onYes: () => void } | null} Dialog */

/**
 * The actions of buttons and shortcuts.
 * @param {{ feed: Feed, editor: Editor, theme: string, setTheme: (theme: string) => void, setDialog: (dialog: Dialog) => void, setWrong: (message: string | null) => void }} context
 */
export function createActions({ feed, editor, theme, setTheme, setDialog, setWrong }) {
  /**
   * Runs a change, shows its error, and reloads the list.
   * @param {() => Promise<unknown>} work
   */
  const attempt = work => {
    last = last.then(work).then(() => setWrong(null), e => setWrong(e.message)).then(() => feed.reload());
  };
  const { camera } = feed;
  /** @param {string} name */
  const pickCamera = name => { location.hash = encodeURIComponent(name); };
  return {
    toggle: () => (editor.held ? editor.release() : editor.screen?.hold()),
    // Focus the picture: the focused button disappears.
    confirm: async () => {
      if (editor.zoneKind) {
        await editor.draft.save(editor.zoneKind);
        return;
      }
      await editor.confirm();
      if (!editor.held) editor.screen?.focus();
    },
    discard: () => {
      editor.release();
      editor.screen?.focus();
    },
    /** @param {TrackedObject} object */
    correct: object => { if (editor.screen?.hold()) editor.correct(object); },
    /** @param {number} id @param {object} fields */
    change: (id, fields) => attempt(() => api.change(camera, id, fields, feed.revision)),
    /** @param {TrackedObject} object */
    remove: object => setDialog({ question: `Remove ${object.name}? Its memory is deleted.`, action: 'Remove', onYes: () => attempt(() => api.remove(camera, object.id, feed.revision)) }),
    reset: () => setDialog({ question: 'Remove all objects? Their memory is deleted.', action: 'Remove all', onYes: () => attempt(() => api.reset(camera, feed.revision)) }),
    saveZone: () => editor.zoneKind && editor.draft.save(editor.zoneKind),
    /** @param {ZoneStatus} zone */
    removeZone: zone => setDialog({
      question: `Remove ${zone.name}? Its counts are deleted.`,
      action: 'Remove',
      onYes: () => attempt(() => api.removeZone(camera, zone.name)),
    }),
    /** @param {ZoneStatus} zone */
    resetZone: zone => setDialog({
      question: `Count ${zone.name} from zero?`,
      action: 'Count from zero',
      onYes: () => attempt(() => api.resetZone(camera, zone.name)),
    }),
    /** @param {Clip} clip */
    showClip: clip => setDialog({ clip }),
    /** @param {Clip} clip */
    removeClip: clip => setDialog({
      question: `Delete the clip of ${new Date(clip.events[0].time).toLocaleString()} with its pictures?`,
      action: 'Delete',
      onYes: () => attempt(() => api.removeClip(camera, clip.id)),
    }),
    /** @param {Blob} [file] */
    restore: file => file && attempt(() => api.restore(camera, file, feed.revision)),
    snapshot: () => attempt(async () => {
      const { frame, jpeg } = await api.snapshot(camera, editor.held?.id);
      download(jpeg, `${camera}-${frame}.jpg`);
    }),
    logout: () => attempt(async () => {
      await api.logout();
      location.assign('login');
    }),
    help: () => setDialog('help'),
    nextTheme: () => setTheme(theme === 'auto' ? 'light' : theme === 'light' ? 'dark' : 'auto'),
    pickCamera,
    nextCamera: () => {
      const names = (feed.cameras ?? []).map(c => c.name);
      if (names.length > 1) pickCamera(names[(names.indexOf(camera) + 1) % names.length]);
    },
  };
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById('app')));
