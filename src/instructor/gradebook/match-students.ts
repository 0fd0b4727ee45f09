import type { LmsName } from '../batch/lms-name.ts';
import { accountRows } from './account-rows.ts';
import { nameIn, valueAt, type ColumnRole, type Gradebook } from './gradebook.ts';
import { couldBeSame, folded, sameName } from './student-name.ts';

/** Somebody who handed in. */
export interface StudentToMatch {
  key: string;
  /** As the hand-in says; a claim, as the id is. */
  name: string;
  id: string;
  /** What the LMS says: it is believed first. */
  lms?: Pick<LmsName, 'layout' | 'userId' | 'account' | 'student'>;
}

export type MatchedBy = 'lms' | 'id' | 'login' | 'email' | 'name';

export interface Matched {
  key: string;
  /** Index in the gradebook's `students`. */
  row: number;
  by: MatchedBy;
  /** The names in the hand-in and in the table have no word in common. */
  nameDiffers: boolean;
}

export interface Unmatched {
  key: string;
  /**
   * `none`: nobody like that in the table. `ambiguous`: several. `contradiction`: the id is of one student, the name of
   * another. `taken`: two hand-ins would fill one row.
   */
  why: 'none' | 'ambiguous' | 'contradiction' | 'taken';
  /** Rows that it could be. */
  rows: number[];
}

export interface Matching {
  matched: Matched[];
  unmatched: Unmatched[];
  /** Rows of students who handed in nothing that was matched. */
  absent: number[];
}

type Index = ReadonlyMap<string, number[]>;

/**
 * Finds the row of each student: by what the LMS says, else by id, login, e-mail address and name in this order. The
 * first that finds anybody decides; where it finds several, nobody is matched rather than the wrong one.
 */
export const matchStudents = (
  gradebook: Gradebook,
  students: readonly StudentToMatch[],
): Matching => {
  const find = finder(gradebook, students);
  const found = students.map(find);
  const claims = Map.groupBy(
    found.filter((one): one is Matched => 'row' in one),
    ({ row }) => row,
  );
  const matched: Matched[] = [];
  const unmatched: Unmatched[] = [];
  for (const one of found) {
    if (!('row' in one)) {
      unmatched.push(one);
      continue;
    }
    const rivals = claims.get(one.row)!;
    const sure = rivals.filter(({ by }) => by === 'lms');
    const wins = rivals.length === 1 || (sure.length === 1 && sure[0] === one);
    if (wins) matched.push(one);
    else unmatched.push({ key: one.key, why: 'taken', rows: [one.row] });
  }
  const filled = new Set(matched.map(({ row }) => row));
  const absent = gradebook.students.map((_, row) => row).filter((row) => !filled.has(row));
  return { matched, unmatched, absent };
};

const finder = (
  gradebook: Gradebook,
  all: readonly StudentToMatch[],
): ((student: StudentToMatch) => Matched | Unmatched) => {
  const { students, roles } = gradebook;
  const indexBy = (keyOf: (row: number) => string): Index => {
    const rows = students.map((_, row) => row).filter((row) => keyOf(row) !== '');
    return Map.groupBy(rows, keyOf);
  };
  const byRole = (role: ColumnRole, key = folded): Index =>
    indexBy((row) => key(valueAt(students[row]!, roles[role])));
  const names = indexBy((row) => sameName(nameIn(students[row]!, roles)));
  const claimed: readonly (readonly [MatchedBy, Index, (student: StudentToMatch) => string])[] = [
    ['id', byRole('id'), ({ id }) => folded(id)],
    ['login', byRole('login'), ({ id }) => folded(id)],
    ['email', byRole('email'), ({ id }) => folded(id)],
    ['id', byRole('lmsId', lmsNumber), ({ id }) => lmsNumber(id)],
    ['name', names, ({ name }) => sameName(name)],
  ];
  const lmsIds = byRole('lmsId', lmsNumber);
  const rowsOfAccount = accountRows(
    byRole('login'),
    all.flatMap(({ lms }) => lms?.account ?? []),
  );

  return (student) => {
    const { key, name, lms } = student;
    const match = (row: number, by: MatchedBy): Matched => {
      const inTable = nameIn(students[row]!, roles);
      return { key, row, by, nameDiffers: inTable !== '' && !couldBeSame(inTable, name) };
    };
    const sure =
      lmsIds.get(lmsNumber(lms?.userId ?? '')) ??
      rowsOfAccount(lms?.account ?? '') ??
      // Moodle's gradebook has no number of the participant, and its files have the name in full.
      (lms?.layout === 'moodle' ? names.get(sameName(lms.student ?? '')) : undefined);
    if (sure?.length === 1) return match(sure[0]!, 'lms');
    if (sure !== undefined) return { key, why: 'ambiguous', rows: sure };
    for (const [by, index, keyOf] of claimed) {
      const rows = index.get(keyOf(student));
      if (rows === undefined) continue;
      if (rows.length > 1) return { key, why: 'ambiguous', rows };
      const named = names.get(sameName(name)) ?? [];
      if (named.length > 0 && !named.includes(rows[0]!)) {
        return { key, why: 'contradiction', rows: [rows[0]!, ...named] };
      }
      return match(rows[0]!, by);
    }
    return { key, why: 'none', rows: [] };
  };
};

/** Moodle's worksheet says “Participant 12345” where the names of its files have 12345. */
const lmsNumber = (text: string): string => folded(text).replace(/^participant\s+/u, '');
