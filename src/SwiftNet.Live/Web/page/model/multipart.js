// @ts-check
const decoder = new TextDecoder('latin1');

/**
 * Reads the parts of a multipart/x-mixed-replace body, until it ends.
 * @param {ReadableStream<Uint8Array>} body
 * @param {(headers: Map<string, string>, bytes: Uint8Array<ArrayBuffer>) => void} part receives each part; header names in lower case
 */
export async function readParts(body, part) {
  const reader = body.getReader();
  let held = new Uint8Array(1 << 18), start = 0, end = 0;

  // Reads the next chunk into the buffer; false at the end of the body.
  const more = async () => {
    const { done, value } = await reader.read();
    if (done) return false;
    if (end + value.length > held.length) {
      const room = end - start + value.length > held.length ? new Uint8Array(2 * (end - start + value.length)) : held;
      room.set(held.subarray(start, end));
      [held, start, end] = [room, 0, end - start];
    }
    held.set(value, end);
    end += value.length;
    return true;
  };

  while (true) {
    let head;
    while ((head = endOfHead(held, start, end)) < 0) {
      if (!(await more())) return;
    }
    const headers = parseHead(decoder.decode(held.subarray(start, head)));
    start = head + 4;
    const length = Number(headers.get('content-length'));
    while (end - start < length) {
      if (!(await more())) return;
    }
    part(headers, held.slice(start, start + length));
    start += length;
  }
}

/**
 * Index of the blank line after a part's headers; -1 = not received yet.
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 */
function endOfHead(bytes, start, end) {
  for (let i = start; i + 3 < end; i++) {
    if (bytes[i] === 13 && bytes[i + 1] === 10 && bytes[i + 2] === 13 && bytes[i + 3] === 10 && i > start) return i;
  }
  return -1;
}

/** @param {string} text */
function parseHead(text) {
  /** @type {Map<string, string>} */
  const headers = new Map();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}
