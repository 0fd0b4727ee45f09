import type { HandIn } from '../../schemas/hand-in.ts';
import type { ReaderErrorData } from '../../shared/reader-error.ts';
import { isRead, type BatchRow } from './batch-row.ts';
import type { FileTime } from './file-time.ts';
import type { FilePlace } from './found-file.ts';
import type { LmsName } from './lms-name.ts';
import type { LmsNames } from './lms-names.ts';
import { senderOf } from './settle-duplicates.ts';

/** A file that was looked into, before it is seen beside the others. */
export interface Looked {
  place: FilePlace;
  handIn?: HandIn;
  fault?: ReaderErrorData;
}

/** Rows of what was looked into, with what the LMS says of each and the time at which it came. */
export const arrange = (looked: readonly Looked[], { nameOf, unpacked }: LmsNames): BatchRow[] => {
  const rows = looked.map(({ place, handIn, fault }, index): BatchRow => {
    const lms = nameOf(place);
    return {
      // Two entries of an archive may bear one name.
      key: `${index + 1} ${place.path}`,
      path: place.path,
      size: place.size,
      state: handIn === undefined ? 'refused' : 'ready',
      ...(lms === undefined ? {} : { lms }),
      ...(handIn === undefined ? {} : { handIn }),
      ...(fault === undefined ? {} : { fault }),
      remarks: [],
    };
  });
  const courses = coursesArchives(looked, rows);
  return rows.map((row, index) => {
    const { place } = looked[index]!;
    const isOwn = place.archive !== undefined && !courses.has(place.archive.path);
    const arrival = arrivalOf(place, isOwn && !unpacked ? undefined : row.lms, isOwn);
    if (isOwn && isRead(row)) row.remarks.push(ownArchive);
    return { ...row, ...(arrival === undefined ? {} : { arrival }) };
  });
};

/**
 * Archives that the course made: with the work of several students, named by the LMS, or of more than half of all. Any
 * other may be a student's own, and whoever packs an archive chooses the names and the times in it.
 */
const coursesArchives = (looked: readonly Looked[], rows: readonly BatchRow[]): Set<string> => {
  const all = new Set<string>();
  const archives = new Map<string, { senders: Set<string>; byLms: boolean }>();
  for (const [index, row] of rows.entries()) {
    if (!isRead(row)) continue;
    all.add(senderOf(row));
    const path = looked[index]!.place.archive?.path;
    if (path === undefined) continue;
    const archive = archives.get(path) ?? { senders: new Set(), byLms: false };
    archive.senders.add(senderOf(row));
    archive.byLms ||= row.lms !== undefined;
    archives.set(path, archive);
  }
  return new Set(
    [...archives]
      .filter(
        ([, { senders, byLms }]) => senders.size > 1 && (byLms || senders.size > all.size / 2),
      )
      .map(([path]) => path),
  );
};

const arrivalOf = (
  { time, archive }: FilePlace,
  lms: LmsName | undefined,
  isOwn: boolean,
): FileTime | undefined => {
  if (lms?.at !== undefined) return { at: lms.at, from: 'lms-name', zoned: false };
  return isOwn ? archive?.time : time;
};

const ownArchive = {
  code: 'lone-archive',
  text: 'Its archive may be the student’s own: the time of the archive itself counts, not those inside.',
};
