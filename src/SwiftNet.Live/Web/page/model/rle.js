// COCO's compressed run lengths, as the service writes them (Output/RunLengths.cs): a mask column by column, runs of not-object and object
// in turn; from the fourth run on the difference to the run before the last, in groups of five bits, lowest first, as characters from '0'.

/** The mask of { size: [height, width], counts } as bytes row by row, 1 where the object is. */
export function decode({ size: [height, width], counts }) {
  const pixels = new Uint8Array(width * height);
  const runs = [];
  let at = 0, position = 0;
  while (at < counts.length) {
    let value = 0, shift = 0, group;
    do {
      group = counts.charCodeAt(at++) - 48;
      value |= (group & 0x1f) << shift;
      shift += 5;
    } while (group & 0x20);
    if (group & 0x10) value |= -1 << shift;
    if (runs.length > 2) value += runs[runs.length - 2];
    if (runs.length % 2 === 1) fill(pixels, width, height, position, Math.min(position + value, pixels.length));
    position += value;
    runs.push(value);
  }
  return pixels;
}

/** The other way: bytes row by row, 0 where the object is not, to { size, counts }. */
export function encode(pixels, width, height) {
  const counts = [];
  let beforeLast = 0, last = 0, runs = 0;
  const add = run => {
    let rest = runs > 2 ? run - beforeLast : run, more;
    [beforeLast, last] = [last, run];
    runs++;
    do {
      const group = rest & 0x1f;
      rest >>= 5;
      more = group & 0x10 ? rest !== -1 : rest !== 0;
      counts.push(String.fromCharCode(48 + group + (more ? 32 : 0)));
    } while (more);
  };

  let inside = false, run = 0;
  for (let x = 0; x < width; x++) {
    for (let i = x; i < pixels.length; i += width) {
      if ((pixels[i] !== 0) !== inside) {
        add(run);
        inside = !inside;
        run = 0;
      }
      run++;
    }
  }
  add(run);
  return { size: [height, width], counts: counts.join('') };
}

// Sets what lies from start to end, counted down the columns.
function fill(pixels, width, height, start, end) {
  for (let i = start; i < end; i++) {
    pixels[(i % height) * width + Math.floor(i / height)] = 1;
  }
}
