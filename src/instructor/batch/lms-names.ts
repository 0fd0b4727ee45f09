import type { FilePlace } from './found-file.ts';
import { lmsLayout, readLmsName, type LmsLayout, type LmsName } from './lms-name.ts';

/** What the LMS says of each file of a batch. */
export interface LmsNames {
  layout: LmsLayout;
  /** They are those of what was dropped, not of what is in its archives. */
  unpacked: boolean;
  nameOf: (place: FilePlace) => LmsName | undefined;
}

/**
 * Finds out which names of a batch are the LMS's own. Where its export was unpacked they are those of what was dropped,
 * and an archive among that is a student's, with names that the student chose. Else they are those within its archive;
 * what a student may have sent beside it is believed nothing: a loose file, an archive with one student's work only.
 */
export const lmsNames = (places: readonly FilePlace[]): LmsNames => {
  const dropped = ({ archive, lmsPath }: FilePlace): string => archive?.lmsPath ?? lmsPath;
  // One file could be named by the student who sent it.
  const unpacked = lmsLayout(places.map(dropped), 2);
  if (unpacked !== 'plain') {
    return {
      layout: unpacked,
      unpacked: true,
      nameOf: (place) => readLmsName(dropped(place), unpacked),
    };
  }
  const packed = places.filter(({ archive }) => archive !== undefined);
  const layout = lmsLayout(packed.map(({ lmsPath }) => lmsPath));
  const users = new Map<string, Set<string | undefined>>();
  for (const { archive, lmsPath } of packed) {
    const name = readLmsName(lmsPath, layout);
    if (name === undefined) continue;
    const of = users.get(archive!.path) ?? new Set();
    users.set(archive!.path, of.add(name.account ?? name.userId));
  }
  const isAlone = new Set(places.map(dropped)).size === 1;
  return {
    layout,
    unpacked: false,
    nameOf: ({ archive, lmsPath }) =>
      archive !== undefined && (isAlone || (users.get(archive.path)?.size ?? 0) > 1)
        ? readLmsName(lmsPath, layout)
        : undefined,
  };
};
