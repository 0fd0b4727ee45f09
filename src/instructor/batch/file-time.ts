/** When a file came in, by something that is not the student's word. */
export interface FileTime {
  /** Milliseconds since 1970, UTC. */
  at: number;
  /** The LMS's own name of the file, the archive that holds it, or the file that was dropped. */
  from: 'lms-name' | 'zip' | 'file';
  /** False where no zone was given and this machine's own was assumed. */
  zoned: boolean;
}

/** A time of the wall clock of this machine's zone; undefined where there is no such day or hour. */
export const wallTime = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined => {
  const date = new Date(year, month - 1, day, hour, minute, second);
  const exists =
    month >= 1 && month <= 12 && date.getDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists ? date.getTime() : undefined;
};
