import type { HandIn } from '../../schemas/hand-in.ts';
import type { ReaderErrorData } from '../../shared/reader-error.ts';
import { isRead, type BatchRow } from './batch-row.ts';
import type { FileTime } from './file-time.ts';
import type { FilePlace } from './found-file.ts';
import { readLmsName, type LmsLayout, type LmsName } from './lms-name.ts';
import { senderOf } from './settle-duplicates.ts';

/** A file that was looked into, before it is seen beside the others. */
export interface Looked {
  place: FilePlace;
  handIn?: HandIn;
  fault?: ReaderErrorData;
}

/** Rows of what was looked into, with what the LMS says of each and the time at which it came. */
export const arrange = (looked: readonly Looked[], layout: LmsLayout): BatchRow[] => {
  const rows = looked.map(({ place, handIn, fault }, index): BatchRow => {
    const lms = readLmsName(place.lmsPath, layout);
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
  const lone = loneArchives(looked, rows);
  return rows.map((row, index) => {
    const { place } = looked[index]!;
    const isLone = place.archive !== undefined && lone.has(place.archive.path);
    const arrival = arrivalOf(place, row.lms, isLone);
    if (isLone && isRead(row)) row.remarks.push(loneArchive);
    return { ...row, ...(arrival === undefined ? {} : { arrival }) };
  });
};

/**
 * Archives with the work of one student only: they may be the student's own, and whoever packs an archive chooses the
 * names and the times in it.
 */
const loneArchives = (looked: readonly Looked[], rows: readonly BatchRow[]): Set<string> => {
  const senders = new Map<string, Set<string>>();
  for (const [index, row] of rows.entries()) {
    const archive = looked[index]!.place.archive?.path;
    if (archive === undefined || !isRead(row)) continue;
    senders.set(archive, (senders.get(archive) ?? new Set<string>()).add(senderOf(row)));
  }
  return new Set([...senders].filter(([, of]) => of.size === 1).map(([archive]) => archive));
};

const arrivalOf = (
  { time, archive }: FilePlace,
  lms: LmsName | undefined,
  isLone: boolean,
): FileTime | undefined => {
  if (isLone) return archive?.time;
  return lms?.at === undefined ? time : { at: lms.at, from: 'lms-name', zoned: false };
};

const loneArchive = {
  code: 'lone-archive',
  text: 'Its archive holds the work of one student only and may be the student’s own: the time of the archive itself counts, not those inside.',
};
