import type { Item } from '../../../schemas/assignment.ts';
import type { Answer } from '../../../schemas/hand-in.ts';
import { itemKey, workAt } from './taken.ts';
import type { AllWork, WorkOf } from './taken.ts';

/** Of a question: more tries than it has options tell nothing more. */
const mostTries = 100;

/**
 * The answers of a hand-in, in the order of the assignment. An item without an answer has no entry.
 *
 * @param versions - by `itemKey`: of the checks or options that the student had, where they are not the assignment's
 */
export const makeAnswers = (
  items: readonly Item[],
  all: AllWork,
  versions: ReadonlyMap<string, string> = new Map(),
): Answer[] =>
  items.flatMap((item): Answer[] => {
    if (item.kind === 'written') {
      const text = workAt(all, { kind: 'written', id: item.id })?.text ?? '';
      return text.trim() === '' ? [] : [{ kind: 'written', id: item.id, text }];
    }
    const version = versions.get(itemKey(item)) ?? item.version;
    if (item.kind === 'quiz') {
      const tried = workAt(all, { kind: 'quiz', id: item.id })?.tried ?? [];
      return tried.length === 0
        ? []
        : [{ kind: 'quiz', id: item.id, version, tried: tried.slice(0, mostTries) }];
    }
    const work = workAt(all, { kind: 'exercise', id: item.id });
    return work === undefined || work.record.code === '' ? [] : [exerciseAnswer(work, version)];
  });

const exerciseAnswer = (
  { id, record, judged }: WorkOf<'exercise'>,
  version: string,
): Extract<Answer, { kind: 'exercise' }> => {
  // A Check of another text says nothing of this one.
  const current = judged?.code === record.code ? judged : undefined;
  return {
    kind: 'exercise',
    id,
    version,
    code: record.code,
    claimed: {
      passed: current?.passed ?? false,
      checks: current?.checks ?? 0,
      of: judged?.of ?? 0,
    },
    attempts: record.attempts,
    hintsShown: record.hintsShown,
    solutionShown: record.solutionShown,
  };
};
