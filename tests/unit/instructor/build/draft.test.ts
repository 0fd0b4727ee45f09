import { describe, expect, it } from 'vitest';
import { parseAssignment } from '../../../../src/instructor/assignment-file.ts';
import {
  copyDraft,
  draftMinutes,
  draftPoints,
  itemTitle,
} from '../../../../src/instructor/build/draft.ts';
import {
  addItem,
  addWritten,
  changeItem,
  changeRubric,
  holdsItem,
  moveItem,
  removeItem,
  takePresentVersions,
} from '../../../../src/instructor/build/edit-items.ts';
import type { CatalogueItem } from '../../../../src/instructor/catalogue.ts';
import type { Item, WrittenItem } from '../../../../src/schemas/assignment.ts';
import { draft, index, items, now } from './catalogue.ts';

const [scale, twins, twinsQuiz, zero] = items as [
  CatalogueItem,
  CatalogueItem,
  CatalogueItem,
  CatalogueItem,
];
const all = () => items.reduce(addItem, draft());
const ids = (made: { items: Item[] }): string[] =>
  made.items.map(({ kind, id }) => `${kind} ${id}`);

describe('editing items', () => {
  it('adds with the book’s points and version, and one of them once only', () => {
    const made = all();
    expect(made.items[0]).toEqual({
      kind: 'exercise',
      id: 'scale-and-zero-point',
      points: 4,
      partial: 'per-check',
      version: '111111111111',
    });
    expect(made.items[2]).toEqual({
      kind: 'quiz',
      id: 'twins',
      points: 1,
      version: '333333333333',
    });
    expect(addItem(made, twins)).toBe(made);
    expect(parseAssignment(made).items).toHaveLength(4);
  });

  it('tells an exercise from a question of the same name', () => {
    const made = addItem(draft(), twinsQuiz);
    expect(holdsItem(made, twinsQuiz)).toBe(true);
    expect(holdsItem(made, twins)).toBe(false);
  });

  it('never changes the draft that it was given', () => {
    const made = all();
    const before = structuredClone(made);
    moveItem(made, 0, 3);
    removeItem(made, 1);
    addWritten(made);
    changeItem(made, 0, (item) => ({ ...item, points: 9 }));
    takePresentVersions(made, index);
    expect(made).toEqual(before);
  });

  it('moves, holds to the ends, and makes nothing of no move', () => {
    const made = all();
    expect(ids(moveItem(made, 0, 2))).toEqual([
      'exercise twins',
      'quiz twins',
      'exercise scale-and-zero-point',
      'quiz code-of-zero',
    ]);
    expect(ids(moveItem(made, 3, -7))[0]).toBe('quiz code-of-zero');
    expect(ids(moveItem(made, 0, 99)).at(-1)).toBe('exercise scale-and-zero-point');
    expect(moveItem(made, 1, 1)).toBe(made);
    expect(moveItem(made, 0, -1)).toBe(made);
    expect(moveItem(made, 9, 0)).toBe(made);
  });

  it('removes by place', () => {
    expect(ids(removeItem(all(), 1))).toEqual([
      'exercise scale-and-zero-point',
      'quiz twins',
      'quiz code-of-zero',
    ]);
  });

  it('names written questions by the first free number', () => {
    const three = addWritten(addWritten(addWritten(draft())));
    expect(ids(three)).toEqual(['written written-1', 'written written-2', 'written written-3']);
    expect(ids(addWritten(removeItem(three, 1))).at(-1)).toBe('written written-2');
  });

  it('lets the rows of a rubric decide the points, to a thousandth', () => {
    const item = addWritten(draft()).items[0] as WrittenItem;
    const changed = changeRubric(item, [
      { criterion: 'one', points: 0.1 },
      { criterion: 'two', points: 0.2 },
    ]);
    expect(changed.points).toBe(0.3);
    expect(changeRubric({ ...item, points: 7 }, []).points).toBe(7);
  });

  it('takes the versions that this printing has, and leaves what it does not know', () => {
    const old = draft({
      items: [
        { kind: 'quiz', id: 'twins', points: 2, version: '000000000000' },
        { kind: 'quiz', id: 'lost', points: 1, version: '000000000000' },
      ],
    });
    expect(takePresentVersions(old, index).items).toEqual([
      { kind: 'quiz', id: 'twins', points: 2, version: '333333333333' },
      { kind: 'quiz', id: 'lost', points: 1, version: '000000000000' },
    ]);
  });
});

describe('a draft', () => {
  it('adds up points and minutes', () => {
    const made = addWritten(all());
    expect(draftPoints(made)).toBe(4 + 8 + 1 + 1 + 5);
    expect(draftMinutes(made, index)).toBe(10 + 50 + 2 + 2 + 15);
    const thirds = draft({
      items: [0.1, 0.2].map((points) => ({
        kind: 'quiz',
        id: `q${points * 10}`,
        points,
        version: '0'.repeat(12),
      })),
    });
    expect(draftPoints(thirds)).toBe(0.3);
  });

  it('is copied without its identity, its students and its key', () => {
    const made = draft({
      exceptions: [{ student: 'Watson', extraMinutes: 60 }],
      sealKey: { kty: 'RSA', n: 'n', e: 'e' },
      pinned: {},
      pinnedQuestions: {},
    });
    const copy = copyDraft(made, { id: 'azzzzzzzzzz', book: '0.2.0', now });
    expect(copy).toMatchObject({ id: 'azzzzzzzzzz', book: '0.2.0', title: 'First sheet (copy)' });
    expect(copy.exceptions).toEqual([]);
    expect(copy).not.toHaveProperty('sealKey');
    expect(copy).not.toHaveProperty('pinned');
    expect(copy).not.toHaveProperty('pinnedQuestions');
    expect(
      copyDraft(draft({ title: 'x'.repeat(200) }), { id: 'azzzzzzzzzz', book: '1', now }).title,
    ).toHaveLength(200);
  });

  it('calls a written item by how its question begins', () => {
    const written = (prompt: string): WrittenItem => ({
      kind: 'written',
      id: 'written-1',
      points: 1,
      prompt,
      rubric: [],
    });
    expect(itemTitle(written('\n## Why *zero*?\nMore.'), index)).toBe('Why *zero*?');
    expect(itemTitle(written('  \n'), index)).toBe('A written question');
    expect(itemTitle(written('x'.repeat(200)), index)).toHaveLength(90);
    expect(itemTitle(all().items[3]!, index)).toBe(zero.title);
    expect(itemTitle(all().items[0]!, new Map())).toBe(scale.id);
  });
});
