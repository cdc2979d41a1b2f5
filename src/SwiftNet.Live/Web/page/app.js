import { render } from './vendor/preact.mjs';
import { useEffect, useLayoutEffect, useMemo, useReducer, useState } from './vendor/hooks.mjs';
import * as api from './model/api.js';
import { Editor } from './model/editor.js';
import { conditionOf } from './model/condition.js';
import { Feed } from './model/feed.js';
import { html } from './view/html.js';
import { Charts } from './view/charts.js';
import { Confirm, Help } from './view/dialogs.js';
import { Details } from './view/details.js';
import { Header } from './view/header.js';
import { Objects } from './view/objects.js';
import { Proposal } from './view/proposal.js';
import { Stage } from './view/stage.js';
import { Tools } from './view/tools.js';
import { shortcutsOf, useKeys } from './view/keys.js';
import { useKept } from './view/kept.js';

// The camera shown is the one in the address, so that a link or a reload keeps it.
const named = () => decodeURIComponent(location.hash.slice(1));

/** The table of contents: one camera's feed and editor, and the parts that show them. */
function App() {
  const [name, setName] = useState(named);
  const [, changed] = useReducer(n => n + 1, 0);
  const [spoken, setSpoken] = useState('');
  const [dialog, setDialog] = useState(null);
  const [theme, setTheme] = useKept('theme', 'auto');
  const [single, setSingle] = useKept('shortcuts', true);
  const [wrong, setWrong] = useState(null);

  const { feed, editor } = useMemo(() => {
    const feed = new Feed(name, changed, setSpoken);
    return { feed, editor: new Editor(feed, changed, setSpoken) };
  }, [name]);
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  // Ages count on while the service is silent.
  useEffect(() => {
    const ticks = setInterval(changed, 1000);
    return () => clearInterval(ticks);
  }, []);
  useEffect(() => {
    const follow = () => setName(named());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  // Before anything is drawn: the button must not say one thing and the page show another.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  useEffect(() => {
    document.title = feed.camera ? `${feed.camera} · SwiftNet.Live` : 'SwiftNet.Live';
  }, [feed.camera]);

  const act = actions({ feed, editor, theme, setTheme, setDialog, setWrong });
  const shortcuts = shortcutsOf(editor, act);
  useKeys(shortcuts, single);

  return html`
    <${Header} feed=${feed} editor=${editor} theme=${theme} act=${act} />
    ${feed.status?.budget.too_slow && html`<p class="notice" role="status" id="too-slow">${feed.status.budget.too_slow}</p>`}
    <main>
      <section class="card stage" id="picture" aria-label="Picture">
        ${feed.status
          ? html`<${Stage} key=${feed.camera} editor=${editor} feed=${feed} told=${setSpoken} />`
          : html`<div class="screen" data-tool="none"><p class="waiting">${conditionOf(feed, null).text}</p></div>`}
        ${feed.controllable && html`<${Tools} editor=${editor} act=${act} />`}
        <${Proposal} editor=${editor} feed=${feed} act=${act} />
      </section>
      <${Objects} feed=${feed} editor=${editor} act=${act} />
      <${Charts} feed=${feed} theme=${theme} />
      <${Details} status=${feed.status} />
    </main>
    <p class="hidden" role="status" aria-live="polite" id="spoken">${spoken}</p>
    ${wrong && html`<p class="toast" role="alert">${wrong}<button type="button" class="quiet" onClick=${() => setWrong(null)}>Dismiss</button></p>`}
    ${dialog === 'help' && html`<${Help} shortcuts=${shortcuts} single=${single} onSingle=${setSingle} onClose=${() => setDialog(null)} />`}
    ${dialog?.question && html`<${Confirm} ...${dialog} onClose=${() => setDialog(null)} />`}`;
}

// One after the other: each sees the list as the one before has left it.
let last = Promise.resolve();

function actions({ feed, editor, theme, setTheme, setDialog, setWrong }) {
  // Does it, shows what the service has to say against it, and looks at the list again.
  const attempt = work => {
    last = last.then(work).then(() => setWrong(null), e => setWrong(e.message)).then(() => feed.reload());
  };
  const { camera } = feed;
  const pickCamera = name => { location.hash = encodeURIComponent(name); };
  return {
    toggle: () => (editor.held ? editor.release() : editor.screen?.hold()),
    // The keyboard goes on in the picture: what it was on is gone.
    confirm: async () => {
      await editor.confirm();
      if (!editor.held) editor.screen.focus();
    },
    discard: () => {
      editor.release();
      editor.screen.focus();
    },
    correct: object => { if (editor.screen?.hold()) editor.correct(object); },
    change: (id, fields) => attempt(() => api.change(camera, id, fields, feed.revision)),
    remove: object => setDialog({ question: `Remove ${object.name}? It is forgotten with its memory.`, action: 'Remove', onYes: () => attempt(() => api.remove(camera, object.id, feed.revision)) }),
    reset: () => setDialog({ question: 'Remove all objects? They are forgotten with their memory.', action: 'Remove all', onYes: () => attempt(() => api.reset(camera, feed.revision)) }),
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
    nextTheme: () => setTheme({ auto: 'light', light: 'dark', dark: 'auto' }[theme]),
    pickCamera,
    nextCamera: () => {
      const names = (feed.cameras ?? []).map(c => c.name);
      if (names.length > 1) pickCamera(names[(names.indexOf(camera) + 1) % names.length]);
    },
  };
}

function download(blob, name) {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

render(html`<${App} />`, document.getElementById('app'));
