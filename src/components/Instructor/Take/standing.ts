import type { Item } from '../../../schemas/assignment.ts';
import { workAt } from './taken.ts';
import type { AllWork } from './taken.ts';

/** How an item stands: `open` has nothing to hand in, `doubtful` has something that may not be what is meant. */
export interface Standing {
  state: 'open' | 'doubtful' | 'done';
  words: string;
}

/** How one item of an assignment stands. */
export const standingOf = (item: Item, all: AllWork): Standing => {
  if (item.kind === 'written') {
    const text = workAt(all, { kind: 'written', id: item.id })?.text.trim() ?? '';
    return text === ''
      ? { state: 'open', words: 'not answered' }
      : { state: 'done', words: 'written' };
  }
  if (item.kind === 'quiz') {
    const work = workAt(all, { kind: 'quiz', id: item.id });
    if (work === undefined || work.tried.length === 0) {
      return { state: 'open', words: 'not answered' };
    }
    return work.correct
      ? { state: 'done', words: '✓ right' }
      : { state: 'doubtful', words: 'answered, not rightly' };
  }
  const work = workAt(all, { kind: 'exercise', id: item.id });
  if (work === undefined || work.record.code === '') return { state: 'open', words: 'not begun' };
  const { judged, record } = work;
  if (judged === undefined) return { state: 'doubtful', words: 'not checked yet' };
  if (judged.code !== record.code) {
    return {
      state: 'doubtful',
      words: judged.passed ? 'changed since it passed' : 'changed since its last Check',
    };
  }
  return judged.passed
    ? { state: 'done', words: '✓ passed' }
    : { state: 'doubtful', words: `${judged.checks} of ${judged.of} checks passed` };
};

/** One line of what is missing. */
export interface Gap {
  item: Item;
  standing: Standing;
}

/** What Hand in points out: items with nothing in them, then those that may not be as meant. */
export const gapsOf = (
  items: readonly Item[],
  all: AllWork,
): { missing: Gap[]; doubtful: Gap[] } => {
  const rows = items.map((item) => ({ item, standing: standingOf(item, all) }));
  return {
    missing: rows.filter(({ standing }) => standing.state === 'open'),
    doubtful: rows.filter(({ standing }) => standing.state === 'doubtful'),
  };
};

/** How far the student is: items with something in them, and the points of all. */
export const progressOf = (
  items: readonly Item[],
  all: AllWork,
): { answered: number; done: number; of: number; points: number } => {
  const states = items.map((item) => standingOf(item, all).state);
  return {
    answered: states.filter((state) => state !== 'open').length,
    done: states.filter((state) => state === 'done').length,
    of: items.length,
    points: items.reduce((sum, { points }) => sum + points, 0),
  };
};
