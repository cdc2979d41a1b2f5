// @ts-check
/** A failed call, with the service's message. */
export class ApiError extends Error {
  /**
   * @param {number} status the HTTP status; 0 if the service is unreachable
   * @param {string} detail
   */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** @param {string} camera */
const cameraPath = camera => `api/cameras/${encodeURIComponent(camera)}`;
/** @param {string} camera */
const objectsPath = camera => `${cameraPath(camera)}/objects`;

/** @param {string} camera @param {number} [frame] */
const snapshotPath = (camera, frame) => `${cameraPath(camera)}/snapshot.jpg${frame === undefined ? '' : `?frame=${frame}`}`;
/** @param {string} camera */
export const memoryPath = camera => `${cameraPath(camera)}/memory`;

/**
 * Status of all cameras.
 * @param {AbortSignal} signal
 * @returns {Promise<{ cameras: CameraStatus[], login: boolean, time: string }>}
 */
export const status = signal => json('GET', 'status', { signal });
export const logout = () => call('POST', 'logout');
/**
 * The tracked objects, and the revision of the list.
 * @param {string} camera
 * @param {AbortSignal} signal
 * @returns {Promise<{ revision: number, objects: TrackedObject[] }>}
 */
export const objects = (camera, signal) => json('GET', objectsPath(camera), { signal });

/**
 * Segments a prompt without changing any object; with a target, as a correction of it.
 * @param {string} camera
 * @param {TrackedObject | null} target
 * @param {PromptRequest} request
 * @param {AbortSignal} signal
 * @returns {Promise<ProposalAnswer>}
 */
export const propose = (camera, target, request, signal) => json('POST', `${promptPath(camera, target)}?preview=true`, { body: request, signal });

/**
 * Adds an object, or corrects the target.
 * @param {string} camera
 * @param {TrackedObject | null} target
 * @param {PromptRequest} request
 * @param {number | null} revision
 * @returns {Promise<TrackedObject>}
 */
export const follow = (camera, target, request, revision) => json('POST', promptPath(camera, target), { body: request, revision });

/** @param {string} camera @param {number} id @param {object} fields @param {number | null} revision */
export const change = (camera, id, fields, revision) => json('PATCH', `${objectsPath(camera)}/${id}`, { body: fields, revision });
/** @param {string} camera @param {number} id @param {number | null} revision */
export const remove = (camera, id, revision) => json('DELETE', `${objectsPath(camera)}/${id}`, { revision });
/** @param {string} camera @param {number | null} revision */
export const reset = (camera, revision) => json('DELETE', objectsPath(camera), { revision });
/** @param {string} camera @param {Blob} file @param {number | null} revision */
export const restore = (camera, file, revision) => json('PUT', memoryPath(camera), { file, revision });

/** @param {string} camera @param {string} [id] */
const clipsPath = (camera, id) => `${cameraPath(camera)}/clips${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
/** @param {string} camera @param {string} id @param {string} file video, snapshot, picture or crop */
export const clipPath = (camera, id, file) => `${clipsPath(camera, id)}/${file}`;
/**
 * A page of the event clips, newest first.
 * @param {string} camera
 * @param {string} [before] the next of the page before
 * @param {AbortSignal} [signal]
 * @returns {Promise<ClipPage>}
 */
export const clips = (camera, before, signal) =>
  json('GET', `${clipsPath(camera)}?limit=12${before === undefined ? '' : `&before=${encodeURIComponent(before)}`}`, { signal });
/** @param {string} camera @param {string} id */
export const removeClip = (camera, id) => json('DELETE', clipsPath(camera, id));

/** @param {string} camera @param {string} [name] */
const zonesPath = (camera, name) => `${cameraPath(camera)}/zones${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
/** @param {string} camera @param {{ name: string, points: number[][] }} zone */
export const addZone = (camera, zone) => json('POST', zonesPath(camera), { body: zone });
/** @param {string} camera @param {string} name */
export const removeZone = (camera, name) => json('DELETE', zonesPath(camera, name));
/** @param {string} camera @param {string} name */
export const resetZone = (camera, name) => json('DELETE', `${zonesPath(camera, name)}/counts`);

/**
 * A frame's number and picture, as a file and decoded.
 * @param {string} camera
 * @param {number} [frame] default: the newest
 * @param {AbortSignal} [signal]
 */
export async function snapshot(camera, frame, signal) {
  const answer = await call('GET', snapshotPath(camera, frame), { signal });
  const jpeg = await answer.blob();
  return { frame: Number(answer.headers.get('X-Frame-Id')), jpeg, picture: await createImageBitmap(jpeg) };
}

/** @param {string} camera @param {TrackedObject | null} target */
const promptPath = (camera, target) => (target ? `${objectsPath(camera)}/${target.id}/corrections` : objectsPath(camera));

/**
 * @param {string} method
 * @param {string} path
 * @param {CallOptions} [options]
 */
async function json(method, path, options) {
  const answer = await call(method, path, options);
  return answer.status === 204 ? null : answer.json();
}

/**
 * @typedef {{ body?: object, file?: Blob, revision?: number | null, signal?: AbortSignal }} CallOptions
 * @param {string} method
 * @param {string} path
 * @param {CallOptions} [options]
 */
async function call(method, path, { body, file, revision, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = {};
  // All changing calls are JSON, even without a body: a form of a foreign page cannot send that.
  if (file) headers['Content-Type'] = 'application/octet-stream';
  else if (method !== 'GET') headers['Content-Type'] = 'application/json';
  if (revision !== undefined && revision !== null) headers['If-Match'] = `"${revision}"`;

  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: file ?? (body && JSON.stringify(body)), signal });
  } catch (e) {
    throw e instanceof DOMException && (e.name === 'AbortError' || e.name === 'TimeoutError') ? e : new ApiError(0, 'The service cannot be reached.');
  }

  if (answer.status === 401) location.assign('login');
  if (!answer.ok) throw new ApiError(answer.status, await reason(answer));
  return answer;
}

/** @param {Response} answer */
async function reason(answer) {
  const fallback = `The service answered ${answer.status}.`;
  try {
    const problem = await answer.json();
    return problem.detail ?? problem.title ?? fallback;
  } catch {
    return fallback;
  }
}
