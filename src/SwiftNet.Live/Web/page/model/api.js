/** What the service refused to do, in its own words. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

const camerasPath = camera => `api/cameras/${encodeURIComponent(camera)}`;
const objectsPath = camera => `${camerasPath(camera)}/objects`;

const snapshotPath = (camera, frame) => `${camerasPath(camera)}/snapshot.jpg${frame === undefined ? '' : `?frame=${frame}`}`;
export const memoryPath = camera => `${camerasPath(camera)}/memory`;

export const status = signal => json('GET', 'status', { signal });
export const logout = () => call('POST', 'logout');
export const objects = (camera, signal) => json('GET', objectsPath(camera), { signal });

/** What an ask would give, before anything is followed: { frame, mask_rle, area, box, took_ms }. With a target, for its correction. */
export const propose = (camera, target, ask, signal) => json('POST', `${askPath(camera, target)}?preview=true`, { body: ask, signal });

/** Follows what is asked, or with a target corrects that. */
export const follow = (camera, target, ask, revision) => json('POST', askPath(camera, target), { body: ask, revision });

export const change = (camera, id, fields, revision) => json('PATCH', `${objectsPath(camera)}/${id}`, { body: fields, revision });
export const remove = (camera, id, revision) => json('DELETE', `${objectsPath(camera)}/${id}`, { revision });
export const reset = (camera, revision) => json('DELETE', objectsPath(camera), { revision });
export const restore = (camera, file, revision) => json('PUT', memoryPath(camera), { file, revision });

/** A frame's picture with its number, as a file and decoded. */
export async function snapshot(camera, frame, signal) {
  const answer = await call('GET', snapshotPath(camera, frame), { signal });
  const jpeg = await answer.blob();
  return { frame: Number(answer.headers.get('X-Frame-Id')), jpeg, picture: await createImageBitmap(jpeg) };
}

const askPath = (camera, target) => (target ? `${objectsPath(camera)}/${target.id}/corrections` : objectsPath(camera));

async function json(method, path, options) {
  const answer = await call(method, path, options);
  return answer.status === 204 ? null : answer.json();
}

async function call(method, path, { body, file, revision, signal } = {}) {
  const headers = {};
  // Unsafe calls are JSON, the ones without a body too: no form of a foreign page can send that.
  if (file) headers['Content-Type'] = 'application/octet-stream';
  else if (method !== 'GET') headers['Content-Type'] = 'application/json';
  if (revision !== undefined && revision !== null) headers['If-Match'] = `"${revision}"`;

  let answer;
  try {
    answer = await fetch(path, { method, headers, body: file ?? (body && JSON.stringify(body)), signal });
  } catch (e) {
    throw e.name === 'AbortError' || e.name === 'TimeoutError' ? e : new Refusal(0, 'The service cannot be reached.');
  }

  if (answer.status === 401) location.assign('login');
  if (!answer.ok) throw new Refusal(answer.status, await reason(answer));
  return answer;
}

async function reason(answer) {
  const fallback = `The service answered ${answer.status}.`;
  try {
    const problem = await answer.json();
    return problem.detail ?? problem.title ?? fallback;
  } catch {
    return fallback;
  }
}
