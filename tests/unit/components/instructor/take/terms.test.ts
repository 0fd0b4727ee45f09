import { describe, expect, it } from 'vitest';
import type { ExerciseSheet } from '../../../../../src/components/Exercise/exercise-sheet.ts';
import { checksLeft, hintLabel } from '../../../../../src/components/Exercise/terms-view.ts';
import {
  closedSolution,
  exerciseTerms,
  quizTerms,
} from '../../../../../src/components/Instructor/Take/item-terms.ts';
import type { TermsContext } from '../../../../../src/components/Instructor/Take/item-terms.ts';
import { itemVersionAt } from '../../../../../src/components/Instructor/Take/item-versions.ts';
import {
  assignmentFromFile,
  changesBetween,
} from '../../../../../src/components/Instructor/Take/open-assignment.ts';
import { itemKey, workAt } from '../../../../../src/components/Instructor/Take/taken.ts';
import type { Work } from '../../../../../src/components/Instructor/Take/taken.ts';
import { writeAssignment } from '../../../../../src/instructor/assignment-file.ts';
import type { CatalogueItem } from '../../../../../src/instructor/catalogue.ts';
import type { CheckReport } from '../../../../../src/runtime/protocol.ts';
import type { Policy } from '../../../../../src/schemas/assignment.ts';
import { codeOf, exampleAssignment } from '../../../instructor/example-assignment.ts';
import { exerciseWork } from './work.ts';

const id = 'scale-and-zero-point';
const sheet: ExerciseSheet = {
  entry: ['now'],
  seed: 1,
  limitMs: 1000,
  checks: 'export default [1];',
  mistakes: [{ name: 'slip', fails: 'a', advice: 'Look again.', code: '' }],
  hints: ['<p>One</p>'],
  solution: 'x',
  starter: 'y',
};
const report = (passed: boolean): CheckReport => ({
  passed,
  results: [
    { id: 'a', name: 'a', status: 'passed' },
    { id: 'b', name: 'b', status: passed ? 'passed' : 'failed' },
  ],
  seed: 1,
  elapsedMs: 5,
});

/** A context over a map, as the page has it. */
const contextOf = (
  policy: Partial<Policy> = {},
  { seed, over = false }: { seed?: number; over?: boolean } = {},
): { context: TermsContext; kept: Map<string, Work> } => {
  const kept = new Map<string, Work>();
  const assignment = exampleAssignment();
  return {
    kept,
    context: {
      assignment: { ...assignment, policy: { ...assignment.policy, ...policy } },
      over: () => over,
      seed,
      work: (kind, item) => workAt(kept, { kind, id: item }),
      keep: (work) => {
        kept.set(itemKey(work), work);
      },
    },
  };
};

describe('closedSolution', () => {
  it.each([
    ['always', false, false, true],
    ['never', true, true, false],
    ['after-due', true, false, false],
    ['after-due', false, true, true],
    ['after-pass', false, true, false],
    ['after-pass', true, false, true],
  ] as const)('%s, passed %s, over %s: open %s', (rule, passed, over, open) => {
    expect(closedSolution(rule, { passed, over }) === undefined).toBe(open);
  });
});

describe('the terms of an exercise', () => {
  it('follow the policy', () => {
    const terms = exerciseTerms(
      id,
      contextOf({ hints: 'cost', hintCost: 25, attempts: 3, solution: 'never' }).context,
    );
    expect(terms).toMatchObject({
      attempts: 3,
      hints: true,
      hintPercent: 25,
      solution: false,
      shares: false,
    });
    expect(exerciseTerms(id, contextOf({ hints: 'none' }).context).hints).toBe(false);
    // The cost is that of another rule.
    expect(exerciseTerms(id, contextOf({ hints: 'free', hintCost: 25 }).context).hintPercent).toBe(
      0,
    );
    expect(terms.key).toBe(`assignment/a0123456789/${id}`);
  });

  it('judge by the sheet of the book, by the student’s own seed, or by what was pinned', () => {
    expect(exerciseTerms(id, contextOf().context).judgedBy(sheet)).toEqual(sheet);
    expect(exerciseTerms(id, contextOf({}, { seed: 99 }).context).judgedBy(sheet)).toEqual({
      ...sheet,
      seed: 99,
    });
    const pinned = exampleAssignment().pinned?.[id];
    const judged = exerciseTerms(id, contextOf({}, { seed: 99 }).context, pinned).judgedBy(sheet);
    expect(judged).toMatchObject({
      entry: ['scaleAndZeroPoint'],
      seed: 99,
      limitMs: 5000,
      checks: 'export default [];\n',
      mistakes: [],
      solution: 'x',
    });
  });

  it('keep what a Check said beside the record that is saved after it', async () => {
    const { context, kept } = contextOf();
    const terms = exerciseTerms(id, context);
    expect(await terms.load()).toBeUndefined();
    terms.judged(report(false), 'mine');
    const { record } = exerciseWork(id, 'mine', { attempts: 1 });
    terms.save({ ...record, updatedAt: 5 });
    expect(kept.get(`exercise ${id}`)).toEqual({
      kind: 'exercise',
      id,
      record: { ...record, updatedAt: 5 },
      judged: { code: 'mine', passed: false, checks: 1, of: 2 },
      updatedAt: 5,
    });
    expect((await terms.load())?.attempts).toBe(1);
    terms.judged(report(true), 'better');
    // The record stands until the exercise saves its own.
    expect(kept.get(`exercise ${id}`)).toMatchObject({
      record: { code: 'mine' },
      judged: { code: 'better', passed: true },
    });
  });

  it('count Checks and say what a hint costs', () => {
    expect(checksLeft({ attempts: 0 }, 99)).toBe(Infinity);
    expect(checksLeft({ attempts: 3 }, 2)).toBe(1);
    expect(checksLeft({ attempts: 3 }, 9)).toBe(0);
    expect(hintLabel(0)).toBe('Hint');
    expect(hintLabel(10)).toBe('Hint (−10%)');
    expect(hintLabel(10, true)).toBe('Show the hint: −10%');
  });
});

describe('the terms of a question', () => {
  it('keep the tries, and explain all options only where solutions are open', async () => {
    const { context, kept } = contextOf({ attempts: 2, solution: 'after-pass' });
    const terms = quizTerms('who-sets-the-scale', context);
    expect(await terms.load()).toEqual([]);
    terms.save([2, 0], true);
    expect(kept.get('quiz who-sets-the-scale')).toMatchObject({ tried: [2, 0], correct: true });
    expect(await terms.load()).toEqual([2, 0]);
    expect(terms.attempts).toBe(2);
    expect(terms.explainsAll()).toBe(true);
    const explains = (solution: Policy['solution'], over = false): boolean =>
      quizTerms('q', contextOf({ solution }, { over }).context).explainsAll();
    expect(explains('never')).toBe(false);
    expect(explains('after-due')).toBe(false);
    expect(explains('after-due', true)).toBe(true);
    expect(explains('always')).toBe(true);
  });
});

describe('itemVersionAt', () => {
  const [exercise, quiz, written] = exampleAssignment().items;
  const { pinned } = exampleAssignment();
  const catalogue = (version: string): Map<string, CatalogueItem> =>
    new Map([exercise!, quiz!].map((item) => [itemKey(item), { version } as CatalogueItem]));

  it('stays with the assignment’s where the book has the same, or cannot be asked', () => {
    const same = { version: '0123456789ab', drift: false };
    expect(itemVersionAt(exercise!, pinned, catalogue('0123456789ab'))).toEqual(same);
    expect(itemVersionAt(exercise!, pinned, undefined)).toEqual(same);
    expect(itemVersionAt(exercise!, pinned, new Map())).toEqual(same);
    expect(itemVersionAt(written!, pinned, catalogue('x'))).toBeUndefined();
  });

  it('takes the pinned sheet where the book has moved on, else says that it has', () => {
    const other = catalogue('ffffffffffff');
    expect(itemVersionAt(exercise!, pinned, other)).toMatchObject({
      version: '0123456789ab',
      drift: false,
      pinned: { seed: 1301 },
    });
    const drifted = { version: 'ffffffffffff', drift: true };
    expect(itemVersionAt(exercise!, undefined, other)).toEqual(drifted);
    expect(itemVersionAt(quiz!, pinned, other)).toEqual(drifted);
    // A pinned sheet of some third version is not what the assignment names.
    const stale = { [id]: { ...pinned![id]!, version: 'eeeeeeeeeeee' } };
    expect(itemVersionAt(exercise!, stale, other)).toEqual(drifted);
    // A name that every object answers to is not pinned by that.
    const odd = { ...exercise!, id: 'constructor' };
    expect(
      itemVersionAt(odd, pinned, new Map([[itemKey(odd), { version: 'f' } as CatalogueItem]])),
    ).toEqual({ version: 'f', drift: true });
  });
});

describe('opening an assignment', () => {
  const file = (text: string, size = text.length): File =>
    ({ name: 'week-3.json', size, text: () => Promise.resolve(text) }) as File;

  it('reads its file, and refuses others by name before they are read', async () => {
    const opened = await assignmentFromFile(file(`\uFEFF${writeAssignment(exampleAssignment())}`));
    expect(opened).toEqual(exampleAssignment());
    const unread = { name: 'film.json', size: 4e8, text: () => Promise.reject(new Error('read')) };
    expect(await codeOf(() => assignmentFromFile(unread as unknown as File))).toBe(
      'assignment-too-large',
    );
    expect(await codeOf(() => assignmentFromFile(file('{"format":')))).toBe('assignment-not-json');
    expect(await codeOf(() => assignmentFromFile(file('{}')))).toBe('assignment-wrong-format');
  });

  it('says what has changed since it was opened before, and nothing else', () => {
    const old = exampleAssignment();
    expect(changesBetween(old, exampleAssignment())).toEqual([]);
    // What a link leaves out is no change.
    expect(changesBetween(old, { ...old, exceptions: [], pinned: undefined })).toEqual([]);
    expect(changesBetween(old, { ...old, due: '2026-09-20T23:59:00+02:00' })).toEqual([
      'its times',
    ]);
    expect(changesBetween(old, { ...old, items: old.items.slice(1) })).toEqual([
      'its items or their points',
    ]);
    expect(changesBetween(old, { ...old, late: { kind: 'accept' } })).toEqual([
      'the rule for late work',
    ]);
    expect(changesBetween(old, { ...old, policy: { ...old.policy, attempts: 9 } })).toEqual([
      'the rules for hints, solutions or Checks',
    ]);
    expect(changesBetween(old, { ...old, instructions: 'Read it all.' })).toEqual([
      'its instructions',
    ]);
    const sealKey = { kty: 'RSA' as const, n: 'x'.repeat(512), e: 'AQAB' };
    expect(changesBetween(old, { ...old, sealKey })).toEqual([
      'the key that seals what you hand in',
    ]);
    expect(changesBetween(old, { ...old, variants: !old.variants })).toEqual([
      'whether your inputs are your own',
    ]);
    const later = old.items.map((item) =>
      item.kind === 'quiz' ? { ...item, version: '999999999999' } : item,
    );
    expect(changesBetween(old, { ...old, items: later })).toEqual([
      'the checks or options it was set with',
    ]);
    const strict = old.items.map((item) =>
      item.kind === 'exercise' ? { ...item, partial: 'all-or-nothing' as const } : item,
    );
    expect(changesBetween(old, { ...old, items: strict })).toEqual(['its items or their points']);
    const items = old.items.map((item) =>
      item.kind === 'written' ? { ...item, prompt: 'Another?' } : item,
    );
    expect(changesBetween(old, { ...old, items })).toEqual(['its written questions']);
  });
});
