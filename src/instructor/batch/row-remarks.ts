import { couldBeSame, folded } from '../gradebook/student-name.ts';
import type { Remark } from '../grade/graded.ts';
import { verifyReceipt } from '../hand-in-file.ts';
import type { ReadRow } from './batch-row.ts';

/** Clocks of students are a little wrong without anybody's doing. */
const CLOCK_MINUTES = 10;
/** Other files that a remark names. */
const SHOWN = 3;

/**
 * What the instructor should know of one hand-in, by itself.
 *
 * @param hash - of the assignment that is graded: see `assignmentHash`
 */
export const ownRemarks = async (
  { handIn, lms, arrival }: ReadRow,
  hash: string,
): Promise<Remark[]> => {
  const remarks: Remark[] = [];
  const say = (code: string, text: string): number => remarks.push({ code, text });
  if (!(await verifyReceipt(handIn))) {
    say('receipt-broken', 'The file was changed after it was made: its receipt does not fit.');
  }
  if (handIn.assignment.hash !== hash) {
    say('assignment-changed', 'It answers another state of this assignment than the one loaded.');
  }
  if (lms?.student !== undefined && !couldBeSame(lms.student, handIn.student.name)) {
    say(
      'identity-differs',
      `The LMS had it from “${lms.student}”; the file says it is of “${handIn.student.name}”.`,
    );
  }
  if (lms?.late === true) say('lms-late', 'The LMS marked it as late.');
  const [started, ended] = [Date.parse(handIn.startedAt), Date.parse(handIn.handedInAt)];
  if (started > ended) say('clock-backwards', 'It says that it was handed in before it was begun.');
  if (arrival !== undefined && ended > arrival.at + CLOCK_MINUTES * 60_000) {
    say(
      'clock-ahead',
      'It says that it was handed in after it came: the student’s clock is wrong.',
    );
  }
  return remarks;
};

/** Adds what is only seen when all are side by side: one file from two students, one id under two names. */
export const addSharedRemarks = (
  rows: readonly ReadRow[],
  whoOf: (row: ReadRow) => string,
): void => {
  for (const same of Map.groupBy(rows, ({ handIn }) => contentOf(handIn)).values()) {
    remarkOthers(
      same,
      whoOf,
      'same-answers',
      (others) => `Begun at the same moment and with the same answers as ${others}.`,
    );
  }
  const withId = rows.filter(({ handIn }) => folded(handIn.student.id) !== '');
  for (const same of Map.groupBy(withId, ({ handIn }) => folded(handIn.student.id)).values()) {
    remarkOthers(
      same,
      whoOf,
      'id-claimed-twice',
      (others) => `The same student id is claimed in ${others}.`,
    );
  }
};

const remarkOthers = (
  rows: readonly ReadRow[],
  whoOf: (row: ReadRow) => string,
  code: string,
  text: (others: string) => string,
): void => {
  // The first file of each sender: a course may hand in one file a thousand times.
  const firsts = new Map<string, string>();
  for (const row of rows.toReversed()) firsts.set(whoOf(row), row.path);
  if (firsts.size < 2) return;
  const some = [...firsts].slice(0, SHOWN + 1);
  for (const row of rows) {
    const others = some.filter(([who]) => who !== whoOf(row)).slice(0, SHOWN);
    const more = firsts.size - 1 - others.length;
    const shown = others.map(([, path]) => path).join(', ');
    row.remarks.push({ code, text: text(more > 0 ? `${shown} and ${more} more` : shown) });
  }
};

/** Two students do not begin in the same millisecond and answer the same: one file, whatever name is in it. */
const contentOf = ({ startedAt, answers }: ReadRow['handIn']): string =>
  JSON.stringify([startedAt, answers]);
