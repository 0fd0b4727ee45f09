import { givenTexts } from '../../../instructor/grade/given-texts.ts';
import {
  findNearDuplicates,
  type NearDuplicate,
} from '../../../instructor/grade/near-duplicates.ts';
import type { LineRange } from '../../../instructor/grade/matching-places.ts';
import type { ExerciseSheet } from '../../Exercise/exercise-sheet.ts';
import type { Row, Work } from './work.ts';

/** Two hand-ins whose programs for one exercise are nearly the same. `one` and `other` are keys of rows. */
export interface AlikePair extends NearDuplicate {
  exercise: string;
}

/** The text that a row holds for an exercise. */
export const codeOf = ({ handIn }: Pick<Row, 'handIn'>, exercise: string): string =>
  handIn?.answers.flatMap((answer) =>
    answer.kind === 'exercise' && answer.id === exercise ? [answer.code] : [],
  )[0] ?? '';

/** Pairs over all exercises of a work, the most alike first. Only hand-ins that count are compared. */
export const findAlike = async (
  work: Pick<Work, 'assignment'>,
  rows: readonly Row[],
  sheetOf: (id: string) => Promise<Pick<ExerciseSheet, 'starter' | 'solution'> | undefined>,
  signal?: AbortSignal,
): Promise<AlikePair[]> => {
  const pairs: AlikePair[] = [];
  const counting = rows.filter(({ state }) => state === 'ready');
  for (const { kind, id } of work.assignment.items) {
    if (kind !== 'exercise') continue;
    const papers = counting
      .map((row) => ({ key: row.key, code: codeOf(row, id) }))
      .filter(({ code }) => code.trim() !== '');
    // Without the starter everybody would be alike: then it is said, by the error, that it could not be fetched.
    const given = givenTexts(work.assignment, id, await sheetOf(id));
    const found = await findNearDuplicates(papers, { given, ...(signal ? { signal } : {}) });
    pairs.push(...found.map((pair) => ({ ...pair, exercise: id })));
  }
  return pairs.sort((a, b) => b.similarity - a.similarity || b.shared - a.shared);
};

/** The numbers of all lines of some ranges. */
export const linesOf = (ranges: readonly LineRange[]): Set<number> => {
  const lines = new Set<number>();
  for (const { from, to } of ranges) for (let line = from; line <= to; line++) lines.add(line);
  return lines;
};
