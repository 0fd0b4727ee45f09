import type { CatalogueItem } from '../../../../src/instructor/catalogue.ts';
import { catalogueIndex } from '../../../../src/instructor/catalogue.ts';
import type { Draft } from '../../../../src/instructor/build/draft.ts';
import { newDraft } from '../../../../src/instructor/build/draft.ts';

/** A small catalogue for tests: two exercises, two questions; an exercise and a question bear one name. */
export const items: CatalogueItem[] = [
  {
    kind: 'exercise',
    id: 'scale-and-zero-point',
    title: 'Scale and zero point',
    section: '1.3',
    concepts: ['scale', 'zero point'],
    ladder: 'implement',
    difficulty: 2,
    minutes: 10,
    points: 4,
    version: '111111111111',
    entry: ['choose'],
    path: 'chapters/a/b/#exercise-scale-and-zero-point',
  },
  {
    kind: 'exercise',
    id: 'twins',
    title: 'Hölder’s café',
    section: '2.1',
    concepts: ['rounding'],
    ladder: 'design',
    difficulty: 5,
    minutes: 50,
    points: 8,
    version: '222222222222',
    entry: ['twin'],
    path: 'chapters/a/c/#exercise-twins',
  },
  {
    kind: 'quiz',
    id: 'twins',
    title: 'Which twin rounds to even?',
    section: '2.1',
    concepts: ['rounding'],
    minutes: 2,
    points: 1,
    version: '333333333333',
    path: 'chapters/a/c/#quiz-twins',
  },
  {
    kind: 'quiz',
    id: 'code-of-zero',
    title: 'Which code stands for 0?',
    section: '1.3',
    concepts: ['scale', 'zero point'],
    minutes: 2,
    points: 1,
    version: '444444444444',
    path: 'chapters/a/b/#quiz-code-of-zero',
  },
];

export const index = catalogueIndex({ format: 'heavy-weights-catalogue', book: '0.1.0', items });

export const now = new Date('2026-11-26T12:00:00Z');

/** A draft with a title and nothing else. */
export const draft = (change: Partial<Draft> = {}): Draft => ({
  ...newDraft({ id: 'a0123456789', book: '0.1.0', now }),
  title: 'First sheet',
  ...change,
});
