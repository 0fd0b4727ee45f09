import { beforeAll, describe, expect, it } from 'vitest';
import { makeAnswers } from '../../../../../src/components/Instructor/Take/make-answers.ts';
import {
  handInFileName,
  makeHandIn,
} from '../../../../../src/components/Instructor/Take/make-hand-in.ts';
import type { HandInInput } from '../../../../../src/components/Instructor/Take/make-hand-in.ts';
import {
  gapsOf,
  progressOf,
  standingOf,
} from '../../../../../src/components/Instructor/Take/standing.ts';
import { readHandIn, verifyReceipt } from '../../../../../src/instructor/hand-in-file.ts';
import { readHandInText } from '../../../../../src/instructor/hand-in-text.ts';
import { makeSealKeys } from '../../../../../src/instructor/seal-key.ts';
import type { SealKeys } from '../../../../../src/instructor/seal-key.ts';
import { readSealed, unseal } from '../../../../../src/instructor/seal.ts';
import { codeOf, exampleAssignment } from '../../../instructor/example-assignment.ts';
import { allOf, exerciseWork, quizWork, writtenWork } from './work.ts';

const { items } = exampleAssignment();
const [exercise, quiz, written] = items as [
  (typeof items)[number],
  (typeof items)[number],
  (typeof items)[number],
];
const code = 'export const scaleAndZeroPoint = 1;';
const passed = { code, passed: true, checks: 7, of: 7 };
const whole = allOf(
  exerciseWork(exercise.id, code, { judged: passed, attempts: 2, hintsShown: 1 }),
  quizWork(quiz.id, [2, 0], true),
  writtenWork(written.id, 'Because of padding.'),
);

describe('standingOf', () => {
  it.each([
    ['never touched', allOf(), 'open', 'not begun'],
    ['hints only', allOf(exerciseWork(exercise.id, '', { hintsShown: 2 })), 'open', 'not begun'],
    ['unchecked', allOf(exerciseWork(exercise.id, code)), 'doubtful', 'not checked yet'],
    [
      'failing',
      allOf(exerciseWork(exercise.id, code, { judged: { ...passed, passed: false, checks: 3 } })),
      'doubtful',
      '3 of 7 checks passed',
    ],
    ['passed', whole, 'done', '✓ passed'],
    [
      'changed since it passed',
      allOf(exerciseWork(exercise.id, `${code} `, { judged: passed })),
      'doubtful',
      'changed since it passed',
    ],
  ] as const)('an exercise %s', (_, work, state, words) => {
    expect(standingOf(exercise, work)).toEqual({ state, words });
  });

  it('a question and a written answer', () => {
    expect(standingOf(quiz, allOf()).state).toBe('open');
    expect(standingOf(quiz, allOf(quizWork(quiz.id, [1], false))).state).toBe('doubtful');
    expect(standingOf(quiz, whole).state).toBe('done');
    expect(standingOf(written, allOf(writtenWork(written.id, ' \n '))).state).toBe('open');
    expect(standingOf(written, whole).state).toBe('done');
  });

  it('lists what is missing, what is worth a look, and how far one is', () => {
    const some = allOf(quizWork(quiz.id, [1], false));
    const { missing, doubtful } = gapsOf(items, some);
    expect(missing.map(({ item }) => item.id)).toEqual([exercise.id, written.id]);
    expect(doubtful.map(({ item }) => item.id)).toEqual([quiz.id]);
    expect(gapsOf(items, whole)).toEqual({ missing: [], doubtful: [] });
    expect(progressOf(items, some)).toEqual({ answered: 1, done: 0, of: 3, points: 10.5 });
    expect(progressOf(items, whole)).toMatchObject({ answered: 3, done: 3 });
  });
});

describe('makeAnswers', () => {
  it('answers in the order of the assignment, and leaves out what has no answer', () => {
    expect(makeAnswers(items, whole)).toEqual([
      {
        kind: 'exercise',
        id: exercise.id,
        version: '0123456789ab',
        code,
        claimed: { passed: true, checks: 7, of: 7 },
        attempts: 2,
        hintsShown: 1,
        solutionShown: false,
      },
      { kind: 'quiz', id: quiz.id, version: 'abcdef012345', tried: [2, 0] },
      { kind: 'written', id: written.id, text: 'Because of padding.' },
    ]);
    expect(makeAnswers(items, allOf())).toEqual([]);
    expect(makeAnswers(items, allOf(writtenWork(written.id, ' ')))).toEqual([]);
  });

  it('claims nothing for a text that was changed since its Check', () => {
    const changed = allOf(exerciseWork(exercise.id, `${code}//`, { judged: passed }));
    expect(makeAnswers(items, changed)).toMatchObject([
      { code: `${code}//`, claimed: { passed: false, checks: 0, of: 7 } },
    ]);
  });

  it('names the version that the student really had', () => {
    const versions = new Map([[`exercise ${exercise.id}`, 'ffffffffffff']]);
    expect(makeAnswers(items, whole, versions)[0]).toMatchObject({ version: 'ffffffffffff' });
  });

  it('keeps the tries of a question within what a hand-in holds', () => {
    const many = allOf(
      quizWork(
        quiz.id,
        Array.from({ length: 300 }, () => 1),
        false,
      ),
    );
    const [answer] = makeAnswers(items, many);
    expect(answer?.kind === 'quiz' && answer.tried).toHaveLength(100);
  });
});

describe('makeHandIn', () => {
  const now = new Date('2026-09-09T16:30:45Z');
  const input = (changes: Partial<HandInInput> = {}): HandInInput => ({
    assignment: exampleAssignment(),
    student: { name: 'Zoë Lyle', id: 'm2044' },
    book: '0.1.0',
    startedAt: '2026-09-08T09:00:00.000Z',
    now,
    answers: makeAnswers(items, whole),
    titles: { [`exercise ${exercise.id}`]: 'Scale and zero point' },
    ...changes,
  });
  let keys: SealKeys;
  beforeAll(async () => {
    keys = await makeSealKeys('a0123456789');
  });

  it('gives a file and the same as text, with a receipt that holds', async () => {
    const made = await makeHandIn(input());
    const handIn = readHandIn(made.file);
    expect(handIn.receipt).toBe(made.receipt);
    expect(await verifyReceipt(handIn)).toBe(true);
    expect(handIn.readMe.join('\n')).toContain('1. Scale and zero point');
    expect(handIn.handedInAt).toBe('2026-09-09T16:30:45.000Z');
    expect(handIn.answers).toHaveLength(3);
    expect(readHandInText(made.paste)).toBe(made.file);
    expect(made.answered).toBe(3);
  });

  it('seals both where the assignment has a key', async () => {
    const made = await makeHandIn(
      input({ assignment: exampleAssignment({ sealKey: keys.public }) }),
    );
    expect(made.file).not.toContain('Zoë');
    expect(made.file).not.toContain(code);
    const opened = readHandIn(await unseal(readSealed(made.file), keys.private.key));
    expect(opened.receipt).toBe(made.receipt);
    expect(readHandInText(made.paste)).toBe(made.file);
  });

  it('refuses what no hand-in holds, by name', async () => {
    const long = makeAnswers(items, allOf(exerciseWork(exercise.id, 'x'.repeat(100_001))));
    expect(await codeOf(() => makeHandIn(input({ answers: long })))).toBe('hand-in-damaged');
  });

  it('names the file after assignment, student and minute, whatever they hold', () => {
    const name = (student: string, id = ''): string =>
      handInFileName('Week 3: weights & scales', { name: student, id }, now);
    expect(name('Ada Lovelace')).toBe(
      'hand-in-week-3-weights-scales-ada-lovelace-20260909-1630.json',
    );
    expect(name('../../etc/passwd\u202e')).toBe(
      'hand-in-week-3-weights-scales-etc-passwd-20260909-1630.json',
    );
    expect(name('王小明')).toContain('-王小明-');
    expect(name('!!!', 'm1')).toContain('-m1-');
    expect(name('𝒳'.repeat(500)).length).toBeLessThan(160);
  });
});
