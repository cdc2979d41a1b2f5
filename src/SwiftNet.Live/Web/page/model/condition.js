// @ts-check
/** @import { Feed } from './feed.js' */

/**
 * One sentence for each kind of failure; the decoder's message is in the details.
 * @type {Record<string, string>}
 */
const faults = {
  unreachable: 'The camera cannot be reached.',
  authentication: 'The camera rejects user name or password.',
  notfound: 'The camera has no stream at this path.',
  tls: 'The TLS connection to the camera failed.',
  codec: 'The camera\'s stream cannot be decoded.',
  stalled: 'The camera is connected but sends no pictures.',
  ended: 'The camera ended the stream.',
};

// The service's own threshold for a camera that does not deliver.
const stillSeconds = 5;
const framesToMiss = 3;

/**
 * The condition of the displayed picture: a kind (live, connecting, still, lost, ended, failed or gone), a chip for the picture and a text for the header.
 * Ages keep counting while the service is unreachable.
 * @param {Feed} feed
 * @param {object | null} held the held frame
 * @returns {{ kind: string, chip: string, text: string, bad: boolean }}
 */
export function conditionOf(feed, held, now = performance.now()) {
  const { fault, status } = feed;
  const age = Math.floor((now - (held ? feed.movedAt : feed.pictureAt ?? feed.movedAt)) / 1000);
  const since = feed.pictureAt === null ? '' : ` Last picture ${duration(age)} ago.`;
  /** @param {string} word */
  const chipOf = word => (feed.pictureAt === null ? word : `${word} · ${duration(age)}`);
  if (fault) return { kind: 'gone', chip: chipOf('No connection'), text: fault + since, bad: true };
  if (!status) return { kind: 'connecting', chip: 'Connecting', text: 'connecting', bad: false };
  const { state, connection } = status;
  if (state === 'failed') return { kind: 'failed', chip: 'Failed', text: 'This camera has failed; see the log of the service.', bad: true };
  if (state === 'ended' || connection.state === 'ended') return { kind: 'ended', chip: 'Ended', text: 'ended', bad: false };
  if (connection.state !== 'streaming' && connection.fault) return { kind: 'lost', chip: chipOf('No picture'), text: `${sentence(connection)} ${nextTry(feed, connection)}${since}`, bad: true };
  if (connection.state !== 'streaming' || feed.pictureAt === null) return { kind: 'connecting', chip: 'Connecting', text: state, bad: false };
  if (age >= Math.max(stillSeconds, feed.usualRate > 0 ? framesToMiss / feed.usualRate : 0)) return { kind: 'still', chip: chipOf('Still'), text: `No new picture for ${duration(age)}.`, bad: true };
  return { kind: 'live', chip: 'Live', text: state, bad: false };
}

/**
 * The camera's last failure in one sentence.
 * @param {ConnectionStatus} connection
 */
export const sentence = connection => faults[connection.fault ?? ''] ?? 'The camera delivers no pictures.';

/**
 * The time budget's reduction in one sentence; null if nothing is reduced.
 * @param {CameraStatus} status
 */
export function reductionOf({ budget, network_size: size }) {
  if (!budget.kept || budget.level === 0) return null;
  if (budget.scale === 1) return `Reduced: the machine is too slow for the full memory, which now holds ${budget.capacity_frames} frames.`;
  const [width, height] = size.split('x').map(side => Math.round(Number(side) / budget.scale));
  return `Reduced: the machine is too slow for ${width}x${height}, so pictures are segmented at ${size}, with coarser edges.`;
}

/** @param {Feed} feed @param {ConnectionStatus} connection */
function nextTry({ clock }, { retry_at: at }) {
  if (!at) return 'Reconnecting.';
  const seconds = Math.round((Date.parse(at) - (Date.now() + clock)) / 1000);
  return seconds > 0 ? `Next try in ${duration(seconds)}.` : 'Reconnecting now.';
}

/** @param {number} seconds */
function duration(seconds) {
  return seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
