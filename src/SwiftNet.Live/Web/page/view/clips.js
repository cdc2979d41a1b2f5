// @ts-check
/** @import { Feed } from '../model/feed.js' */
import { useEffect, useState } from '../vendor/hooks.mjs';
import { clipPath, clips as list } from '../model/api.js';
import { Dialog } from './dialogs.js';
import { ago, megabytes, whole } from './format.js';
import { html } from './html.js';
import { Icon } from './icons.js';

/**
 * The list of event clips, newest first. It is loaded anew when the service has written or deleted one.
 * @param {{ feed: Feed, act: Actions }} props
 */
export function Clips({ feed, act }) {
  const { camera, status } = feed;
  const { written = 0, kept = 0, bytes = 0 } = status?.clips ?? {};
  const [pages, setPages] = useState(/** @type {ClipPage[]} */ ([]));
  const [wrong, setWrong] = useState('');
  /** @param {ClipPage[]} before @param {AbortSignal} [signal] */
  const load = (before, signal) => list(camera, before.at(-1)?.next, signal).then(
    page => { setPages([...before, page]); setWrong(''); },
    e => { if (!signal?.aborted) setWrong(e.message); });
  useEffect(() => {
    const stopped = new AbortController();
    if (kept > 0) load([], stopped.signal);
    else setPages([]);
    return () => stopped.abort();
  }, [camera, written, kept]);

  if (kept === 0) return null;
  return html`
    <section class="card clips" aria-labelledby="clips-title">
      <h2 id="clips-title">Clips <span class="count">${whole(kept)}</span> <small>${megabytes(bytes)}</small></h2>
      <ul>${pages.flatMap(page => page.clips).map(clip => html`
        <${ClipRow} key=${clip.id} camera=${camera} clip=${clip} act=${act} />`)}</ul>
      ${wrong && html`<p class="empty" role="alert">${wrong}</p>`}
      ${pages.at(-1)?.next && html`<button type="button" class="quiet more" onClick=${() => load(pages)}>Older clips</button>`}
    </section>`;
}

/** @param {{ camera: string, clip: Clip, act: Actions }} props */
function ClipRow({ camera, clip, act }) {
  const [title, time] = [titleOf(clip), new Date(clip.events[0].time)];
  return html`
    <li class="clip" data-id=${clip.id}>
      <button type="button" class="thumbnail" aria-label=${`Show ${title}, ${time.toLocaleString()}`} onClick=${() => act.showClip(clip)}>
        <img src=${clipPath(camera, clip.id, 'snapshot')} alt="" loading="lazy" width=${clip.width} height=${clip.height} />
        ${hasVideo(clip) && html`<${Icon} name="play" />`}
      </button>
      <span class="name">${title}</span>
      <span class="actions">
        ${hasVideo(clip) && html`
          <a class="icon-button" href=${clipPath(camera, clip.id, 'video')} download=${`${camera}-${clip.id}.mp4`}
            aria-label=${`Download ${title}`} title="Download"><${Icon} name="save" /></a>`}
        <button type="button" class="icon-button danger" aria-label=${`Delete ${title}`} title="Delete"
          onClick=${() => act.removeClip(clip)}><${Icon} name="remove" /></button>
      </span>
      <small title=${time.toLocaleString()}>${ago(clip.events[0].time)} ago${clip.seconds > 0 && `, ${Math.round(clip.seconds)} s`}</small>
    </li>`;
}

/**
 * A clip with its video, events and files.
 * @param {{ camera: string, clip: Clip, act: Actions, onClose: () => void }} props
 */
export function ClipDialog({ camera, clip, act, onClose }) {
  const [title, poster] = [titleOf(clip), clipPath(camera, clip.id, 'snapshot')];
  return html`
    <${Dialog} label=${title} onClose=${onClose}>
      <form method="dialog" class="title">
        <h2>${title}</h2><button class="icon-button" aria-label="Close"><${Icon} name="close" /></button>
      </form>
      ${hasVideo(clip)
        ? html`
          <video class="player" src=${clipPath(camera, clip.id, 'video')} poster=${poster} controls autoplay muted
            loop playsinline></video>`
        : html`<img class="player" src=${poster} alt=${title} />`}
      <ul class="happened">${clip.events.map((event, n) => html`
        <li key=${n}><time datetime=${event.time}>${new Date(event.time).toLocaleString()}</time> ${textOf(event)}</li>`)}</ul>
      <div class="choices">
        ${clip.files.map(file => html`
          <a class="quiet" key=${file} href=${clipPath(camera, clip.id, file.split('.')[0])}
            download=${`${camera}-${clip.id}-${file}`}><${Icon} name="save" />${names[file] ?? file}</a>`)}
        <button type="button" class="quiet danger" onClick=${() => act.removeClip(clip)}>
          <${Icon} name="remove" />Delete</button>
      </div>
    <//>`;
}

/** @type {Record<string, string>} */
const names = { 'video.mp4': 'Video', 'snapshot.jpg': 'Overlay', 'picture.jpg': 'Picture', 'crop.jpg': 'Object' };

/** @param {Clip} clip */
const hasVideo = clip => clip.files.includes('video.mp4');

/** @param {Clip} clip */
const titleOf = clip => textOf(clip.events[0]);

/** @param {ClipEvent} event */
function textOf({ event, name, object, zone, line, direction }) {
  return [name ?? `object ${object}`, event, zone ?? line, direction].filter(Boolean).join(' ');
}
