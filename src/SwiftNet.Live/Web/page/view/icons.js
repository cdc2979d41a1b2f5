// @ts-check
import { html } from './html.js';

/**
 * Paths in a 24 x 24 viewBox, stroked in the text colour.
 * @type {Record<string, string>}
 */
const paths = {
  include: 'M12 8v8M8 12h8M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  exclude: 'M8 12h8M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  box: 'M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2M10.5 4h3M10.5 20h3M4 10.5v3M20 10.5v3',
  paint: 'M14 6l4 4M5 15L16.5 3.5a2.1 2.1 0 0 1 4 0 2.1 2.1 0 0 1 0 4L9 19c-1.2 1.3-3.5 2-5.5 1.5C3 18.5 3.7 16.2 5 15z',
  erase: 'M20 20H9l-5-5a2 2 0 0 1 0-2.8l8.2-8.2a2 2 0 0 1 2.8 0l5 5a2 2 0 0 1 0 2.8L12 20M8 8l8 8',
  zone: 'M5 7l9-3 6 7-4 9H6zM5 7v.1M14 4v.1M20 11v.1M16 20v.1M6 20v.1',
  line: 'M8 21L16 3M13 13.5l7 3M20 16.5l-4 .8M20 16.5l-2-3.6',
  undo: 'M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  freeze: 'M9 5v14M15 5v14',
  play: 'M7 4.5v15l12-7.5z',
  snapshot: 'M4 8a2 2 0 0 1 2-2h2l1.5-2h5L16 6h2a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM15.5 13a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  remove: 'M5 7h14M10 11v6M14 11v6M6 7l1 12a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1l1-12M9 7V5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v2',
  correct: 'M4 20l1-4L15.5 5.5a2.1 2.1 0 0 1 3 3L8 19zM13.5 7.5l3 3',
  sun: 'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  auto: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 3v18M12 7h7.5M12 12h9M12 17h7.5',
  logout: 'M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M19 12H9',
  help: 'M9 9.2a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.2M12 17.5v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  save: 'M12 4v10M8 10.5l4 4 4-4M5 19h14',
  restore: 'M12 15V5M8 8.5l4-4 4 4M5 19h14',
  tracking: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 12v.1M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0',
  occluded: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM4 20L20 4',
  lost: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M9 9l6 6M15 9l-6 6',
  recovered: 'M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5',
  catching_up: 'M5 6l6 6-6 6M13 6l6 6-6 6',
  paused: 'M9 6v12M15 6v12',
};

/**
 * A decorative icon; its meaning is in the adjacent text or label.
 * @param {{ name: string }} props
 */
export const Icon = ({ name }) => html`
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]} /></svg>`;
