import {
  assignmentFormat,
  assignmentSchema,
  assignmentVersion,
  type Assignment,
} from '../schemas/assignment.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256Hex } from './hash.ts';
import { parseVersioned, readVersioned, type FileKind } from './versioned-file.ts';

/** Bytes of an assignment's file at most: one with 60 pinned sheets and as many pinned questions at their longest stays below. */
export const MOST_ASSIGNMENT_BYTES = 30_000_000;

/** What an assignment's file is. A new version adds a step to `steps`, and a frozen file to the tests. */
const assignmentFile: FileKind<Assignment> = {
  what: 'assignment',
  code: 'assignment',
  format: assignmentFormat,
  version: assignmentVersion,
  most: MOST_ASSIGNMENT_BYTES,
  schema: assignmentSchema,
  steps: {},
  hint: 'Save it again on the Build page, and hand on the file or link as it is.',
};

/** The text of an assignment's file. */
export const writeAssignment = (assignment: Assignment): string =>
  `${JSON.stringify(ordered(assignment), null, 2)}\n`;

/**
 * Reads an assignment's file, of this version or an older one.
 *
 * @throws ReaderError `assignment-too-large`, `assignment-not-json`, `assignment-wrong-format`, `assignment-newer`,
 *   `assignment-damaged`
 */
export const readAssignment = (text: string): Assignment => readVersioned(text, assignmentFile);

/** The same from parsed JSON. */
export const parseAssignment = (value: unknown): Assignment =>
  parseVersioned(value, assignmentFile);

/**
 * What students get of an assignment: not who has other times, which is nobody else's business, without what full and no
 * points look like, which is the answer, and without the pinned sheets, which their book has.
 */
export const studentCopy = ({ pinned: _, ...assignment }: Assignment): Assignment =>
  studentFile(assignment);

/**
 * The same with the pinned sheets: what may be given out as a file, for a later printing of the book too. Pinned questions,
 * which say the right option, stay in the instructor's own file.
 */
export const studentFile = ({ pinnedQuestions: _, ...assignment }: Assignment): Assignment => ({
  ...assignment,
  exceptions: [],
  items: assignment.items.map((item) =>
    item.kind === 'written'
      ? { ...item, rubric: item.rubric.map(({ criterion, points }) => ({ criterion, points })) }
      : item,
  ),
});

/**
 * By this a hand-in says which assignment it answers: SHA-256 of the canonical JSON of the students' copy, so that a
 * student's other time, allowed later, makes no hand-in a stranger.
 */
export const assignmentHash = (assignment: Assignment): Promise<string> =>
  sha256Hex(canonicalJson(studentCopy(assignment)));

/** What it is comes first. */
const ordered = ({ format, version, id, title, ...rest }: Assignment): Assignment => ({
  format,
  version,
  id,
  title,
  ...rest,
});
