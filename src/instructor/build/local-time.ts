/** Times as a `datetime-local` field holds them (`2026-11-30T23:59`, of this machine's zone) and as a file does (with zone). */

const two = (value: number): string => String(value).padStart(2, '0');

/** `+01:00`, of this machine at that moment: summer time is reckoned in. */
const zoneOf = (date: Date): string => {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

/** What a field shows of a time; empty for none, and for what is no time. */
export const toLocalField = (time: string | undefined): string => {
  const date = new Date(time ?? NaN);
  if (Number.isNaN(date.getTime())) return '';
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** The time that a field means, with this machine's zone; undefined for an empty field or no time. */
export const fromLocalField = (field: string): string | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(field)) return undefined;
  const date = new Date(field);
  if (Number.isNaN(date.getTime())) return undefined;
  return `${toLocalField(date.toISOString())}:00${zoneOf(date)}`;
};

/** A time in words, in the reader's own zone, which is named: `Mon 30 November 2026, 23:59 GMT+1`. */
export const timeInWords = (time: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(time));
