import { givenTexts } from '../../src/instructor/grade/given-texts.ts';
import { findNearDuplicates, type Paper } from '../../src/instructor/grade/near-duplicates.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import type { BookOnDisk } from './book-on-disk.ts';
import type { Alike } from './marks-table.ts';
import type { ResultLine } from './results-file.ts';

/** Looks at each exercise for programs that are nearly the same, over all hand-ins that count. */
export async function findAlike(
  lines: readonly ResultLine[],
  assignment: Assignment,
  book: BookOnDisk,
): Promise<Alike> {
  const counting = lines.filter(({ row }) => row.state === 'ready' && row.handIn !== undefined);
  const names = new Map(counting.map(({ key, row }) => [key, row.handIn!.student.name]));
  const alike = new Map<string, string[]>();
  const note = (key: string, exercise: string, similarity: number, other: string): void => {
    const words = `${exercise} ${similarity.toFixed(2)} ${names.get(other) ?? other}`;
    alike.set(key, [...(alike.get(key) ?? []), words]);
  };
  for (const { kind, id } of assignment.items) {
    if (kind !== 'exercise') continue;
    const papers = counting.flatMap(({ key, row }): Paper[] => {
      const answer = row.handIn!.answers.find((each) => each.kind === kind && each.id === id);
      return answer?.kind === 'exercise' ? [{ key, code: answer.code }] : [];
    });
    const [starter, sheet] = await Promise.all([book.starter(id), book.exercise(id)]);
    const given = givenTexts(assignment, id, { starter, solution: sheet?.solution });
    const pairs = await findNearDuplicates(papers, { given });
    for (const { one, other, similarity } of pairs) {
      note(one, id, similarity, other);
      note(other, id, similarity, one);
    }
  }
  return alike;
}
