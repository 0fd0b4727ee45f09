const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** A duration as SCORM 1.2 writes it: `HHHH:MM:SS.SS`. */
export function sessionTime(ms: number): string {
  // Four figures of hours is all there is.
  const hundredths = Math.min(Math.max(0, Math.round(ms / 10)), 9_999 * 360_000 + 359_999);
  const seconds = Math.floor(hundredths / 100);
  return [
    pad(Math.floor(seconds / 3600), 4),
    pad(Math.floor(seconds / 60) % 60),
    `${pad(seconds % 60)}.${pad(hundredths % 100)}`,
  ].join(':');
}
