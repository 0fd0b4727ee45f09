import { wallTime } from './file-time.ts';

/** Whose way of naming the files of an export it is. */
export type LmsLayout = 'canvas' | 'moodle' | 'blackboard' | 'plain';

/** What the LMS wrote into the name of a file; what the student called it is the last part only. */
export interface LmsName {
  layout: LmsLayout;
  /** The student's name as the LMS spells it: Canvas runs it together, Blackboard gives none. */
  student?: string;
  /** Canvas: the user's number. Moodle: the participant's. */
  userId?: string;
  /**
   * Blackboard: the title of the task and the login, as one: both may hold underscores, and only a table of logins tells
   * where the one ends. It is another for every student all the same.
   */
  account?: string;
  /** The LMS itself says that it came late. */
  late: boolean;
  /** When it was handed in, by the LMS's clock in this machine's zone: Blackboard only. */
  at?: number;
  /** The student's own name of the file. */
  fileName: string;
  /** Blackboard's note of an attempt, which is no hand-in. */
  notice: boolean;
  /** The path under which the LMS takes a file back for this student. */
  feedbackPath: string;
}

// What the LMS wrote comes first and what the student chose comes last: each finds the first place that fits.
const CANVAS = /^(.+?)_(?:(LATE)_)?(\d{1,20})_(\d{1,20})_(.+)$/u;
const MOODLE = /^(.+?)_(\d{1,20})_assignsubmission_(?:file|onlinetext)(?:_(.*))?$/u;
const BLACKBOARD = /^(.+?_.+?)_attempt_(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)(?:_(.+)|\.txt)$/u;

type Reader = (parts: readonly string[]) => LmsName | undefined;

const canvas: Reader = (parts) => {
  const found = CANVAS.exec(parts.at(-1) ?? '');
  if (found === null) return undefined;
  const [whole, student, late, userId, , fileName] = found;
  const front = whole.slice(0, whole.length - fileName!.length);
  return {
    layout: 'canvas',
    student: student!,
    userId: userId!,
    late: late !== undefined,
    fileName: fileName!,
    notice: false,
    feedbackPath: `${front}feedback.txt`,
  };
};

/** Moodle gives a folder to each student, or puts all of it into the file's name. Students may make folders within. */
const moodle: Reader = (parts) => {
  const at = parts.findIndex((part) => MOODLE.test(part));
  const found = at < 0 ? null : MOODLE.exec(parts[at]!);
  if (found === null) return undefined;
  const [whole, student, userId, rest = ''] = found;
  const isFolder = at < parts.length - 1;
  const front = whole.slice(0, whole.length - rest.length);
  return {
    layout: 'moodle',
    student: student!,
    userId: userId!,
    late: false,
    fileName: isFolder ? parts.slice(at + 1).join('/') : rest,
    notice: false,
    feedbackPath: isFolder ? `${whole}/feedback.txt` : `${front}feedback.txt`,
  };
};

const blackboard: Reader = (parts) => {
  const found = BLACKBOARD.exec(parts.at(-1) ?? '');
  if (found === null) return undefined;
  const [whole, account, ...rest] = found;
  const [year, month, day, hour, minute, second] = rest.slice(0, 6).map(Number);
  const fileName = rest[6];
  const at = wallTime(year!, month!, day!, hour!, minute!, second!);
  const end = fileName === undefined ? '.txt'.length : fileName.length + 1;
  return {
    layout: 'blackboard',
    account: account!,
    late: false,
    ...(at === undefined ? {} : { at }),
    fileName: fileName ?? '',
    notice: fileName === undefined,
    feedbackPath: `${whole.slice(0, whole.length - end)}_feedback.txt`,
  };
};

/** In this order where two would read as many names: a student's own name could look like a later one's. */
const READERS: readonly (readonly [Exclude<LmsLayout, 'plain'>, Reader])[] = [
  ['moodle', moodle],
  ['blackboard', blackboard],
  ['canvas', canvas],
];

const partsOf = (path: string): string[] => path.normalize('NFC').split('/');

/**
 * The layout of an export: that of more than half of its paths. One student who names a file as the LMS would, to seem
 * another or to seem early, does not make it so.
 *
 * @param least - paths that it takes
 */
export const lmsLayout = (paths: readonly string[], least = 1): LmsLayout => {
  const different = [...new Set(paths)].map(partsOf);
  const beyond = Math.max(different.length / 2, least - 1);
  let best: { layout: LmsLayout; count: number } = { layout: 'plain', count: beyond };
  for (const [layout, read] of READERS) {
    const count = different.filter((parts) => read(parts) !== undefined).length;
    if (count > best.count) best = { layout, count };
  }
  return best.layout;
};

/** What the LMS wrote into a path; undefined where it is not of the layout, or the layout is plain. */
export const readLmsName = (path: string, layout: LmsLayout): LmsName | undefined =>
  READERS.find(([name]) => name === layout)?.[1](partsOf(path));
