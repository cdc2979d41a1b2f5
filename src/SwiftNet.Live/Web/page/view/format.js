// @ts-check
/** @param {number} n */
export const whole = n => Math.round(n).toLocaleString('en');
/** @param {number | null | undefined} n milliseconds */
export const ms = n => (n === null || n === undefined ? '–' : n < 10 ? n.toFixed(1) : whole(n));
/** @param {number} n bytes */
export const megabytes = n => `${n < 1e7 ? (n / 1e6).toFixed(1) : whole(n / 1e6)} MB`;
/** @param {number} n a share, 0 to 1 */
export const percent = n => `${Math.round(100 * n)} %`;

/**
 * Elapsed time as text: 8 s, 3 min, 2 h, 5 d.
 * @param {string} time
 */
export function ago(time, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}
