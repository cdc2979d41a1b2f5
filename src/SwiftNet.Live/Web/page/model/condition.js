/** Why a camera gives no pictures, in one sentence; what its decoder says stands in the details. */
const faults = {
  unreachable: 'The camera cannot be reached.',
  authentication: 'The camera refuses the user name or the password.',
  notfound: 'The camera answers, but it has no such stream.',
  tls: 'The encrypted connection to the camera cannot be made.',
  codec: 'What the camera sends cannot be decoded.',
  stalled: 'The camera is connected and sends no pictures.',
  ended: 'The camera ended the stream.',
};

// As long as the service itself waits before it says that a camera does not deliver.
const stillSeconds = 5;
const framesToMiss = 3;

/**
 * How it stands with the picture that is seen: { kind, chip, text, bad }. kind is live, connecting, still, lost, ended, failed or gone; chip stands in the picture,
 * text in the header. The ages count on, whether or not the service answers.
 */
export function conditionOf(feed, held, now = performance.now()) {
  const { fault, status } = feed;
  const age = Math.floor((now - (held ? feed.movedAt : feed.pictureAt ?? feed.movedAt)) / 1000);
  const since = feed.pictureAt === null ? '' : ` Last picture ${duration(age)} ago.`;
  const chipOf = word => (feed.pictureAt === null ? word : `${word} · ${duration(age)}`);
  if (fault) return { kind: 'gone', chip: chipOf('No connection'), text: fault + since, bad: true };
  if (!status) return { kind: 'connecting', chip: 'Connecting', text: 'connecting', bad: false };
  const { state, connection } = status;
  if (state === 'failed') return { kind: 'failed', chip: 'Failed', text: 'This camera has failed; the log of the service says why.', bad: true };
  if (state === 'ended' || connection.state === 'ended') return { kind: 'ended', chip: 'Ended', text: 'ended', bad: false };
  if (connection.state !== 'streaming' && connection.fault) return { kind: 'lost', chip: chipOf('No picture'), text: `${sentence(connection)} ${nextTry(feed, connection)}${since}`, bad: true };
  if (connection.state !== 'streaming' || feed.pictureAt === null) return { kind: 'connecting', chip: 'Connecting', text: state, bad: false };
  if (age >= Math.max(stillSeconds, feed.usualRate > 0 ? framesToMiss / feed.usualRate : 0)) return { kind: 'still', chip: chipOf('Still'), text: `No new picture for ${duration(age)}.`, bad: true };
  return { kind: 'live', chip: 'Live', text: state, bad: false };
}

/** The last fault of a camera in one sentence. */
export const sentence = connection => faults[connection.fault] ?? 'The camera gives no pictures.';

/** What the time budget has taken away, in one sentence; null where all is as configured. */
export function reductionOf({ budget, network_size: size }) {
  if (!budget.kept || budget.level === 0) return null;
  if (budget.scale === 1) return `Reduced: the machine is too slow for the whole memory, which holds ${budget.capacity_frames} frames now.`;
  const [width, height] = size.split('x').map(side => Math.round(side / budget.scale));
  return `Reduced: the machine is too slow for ${width}x${height}, so pictures are analysed at ${size} and edges are coarser.`;
}

function nextTry({ clock }, { retry_at: at }) {
  if (!at) return 'It is tried again.';
  const seconds = Math.round((new Date(at) - (Date.now() + clock)) / 1000);
  return seconds > 0 ? `Next try in ${duration(seconds)}.` : 'It is tried again now.';
}

function duration(seconds) {
  return seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
