import { describe, expect, it } from 'vitest';
import {
  assignmentHash,
  parseAssignment,
  readAssignment,
  studentCopy,
  studentFile,
  writeAssignment,
} from '../../../src/instructor/assignment-file.ts';
import {
  MOST_ASSIGNMENT_LINK,
  assignmentLink,
  isAssignmentLink,
  readAssignmentLink,
} from '../../../src/instructor/assignment-link.ts';
import type { Assignment, Item, PinnedQuestion } from '../../../src/schemas/assignment.ts';
import { packText } from '../../../src/shared/packed-text.ts';
import { codeOf, exampleAssignment, frozen } from './example-assignment.ts';

/** The hash of the frozen file, computed by another program. */
const HASH = '0ea1a3c8e3e2cdcc52e459d1d7befe62d85e46f2f7c6efca6072034064a1696a';

const quizzes = (count: number): Item[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'quiz',
    id: `question-${i}`,
    points: 1,
    version: '0123456789ab',
  }));

/** Of the frozen file that keeps its questions. */
const question: PinnedQuestion = {
  version: 'abcdef012345',
  question: 'Which code stands for zero?',
  options: [
    { text: '`0`', correct: false },
    { text: 'The zero-point', correct: true },
    { text: '$-128$', correct: false },
  ],
};
/** A pinned question that a stranger changed. */
const kept = (changes: Partial<PinnedQuestion>, id = 'q'): Partial<Assignment> => ({
  pinnedQuestions: { [id]: { ...question, ...changes } },
});
const option = (text: string, correct = false): PinnedQuestion['options'][number] => ({
  text,
  correct,
});

describe('an assignment’s file', () => {
  it('of version 1 opens for ever, and its hash stays', async () => {
    const assignment = readAssignment(frozen('assignment-1.json'));
    expect(assignment.title).toBe('Week 3: weights & scales');
    expect(assignment.items.map(({ kind }) => kind)).toEqual(['exercise', 'quiz', 'written']);
    expect(assignment.pinned?.['scale-and-zero-point']?.seed).toBe(1301);
    expect(await assignmentHash(assignment)).toBe(HASH);
  });

  it('of version 1 with the questions as they were set opens for ever, and its hash stays', async () => {
    const assignment = readAssignment(frozen('assignment-1-questions.json'));
    expect(assignment.pinnedQuestions?.['who-sets-the-scale']).toEqual(question);
    expect({ ...assignment, pinnedQuestions: undefined }).toEqual(exampleAssignment());
    expect(await assignmentHash(assignment)).toBe(HASH);
    expect(readAssignment(writeAssignment(assignment))).toEqual(assignment);
  });

  it('comes back as it was written, and begins with what it is', () => {
    const text = writeAssignment(exampleAssignment());
    expect(readAssignment(text)).toEqual(exampleAssignment());
    expect(text).toMatch(/^\{\n {2}"format": "heavy-weights-assignment",\n {2}"version": 1,/);
  });

  it.each<[string, unknown]>([
    ['no items', { items: [] }],
    ['61 items', { items: quizzes(61) }],
    ['an item twice', { items: [...quizzes(2), ...quizzes(1)] }],
    ['an item of another kind', { items: [{ kind: 'essay', id: 'x', points: 1 }] }],
    ['negative points', { items: [{ ...quizzes(1)[0], points: -1 }] }],
    ['an id that is a path', { items: [{ ...quizzes(1)[0], id: '../secret' }] }],
    ['an id of every object', { items: [{ ...quizzes(1)[0], id: 'constructor' }] }],
    ['a due time without a zone', { due: '2026-09-14T23:59:00' }],
    ['a due time before the opening', { due: '2026-09-07T05:00:00Z' }],
    ['instructions of 20,001 characters', { instructions: 'x'.repeat(20_001) }],
    ['a title of spaces', { title: '  ' }],
    ['a deduction of 200 per cent', { late: { kind: 'deduct', percentPerDay: 200, mostDays: 3 } }],
    ['a foreign id', { id: 'a<script>' }],
    ['a key that is none', { sealKey: { kty: 'oct', k: 'AAAA' } }],
    ['a sheet pinned under __proto__', { pinned: { ['__proto__x']: {} } }],
    ['a question kept under a path', kept({}, '../secret')],
    ['a question kept under a name of every object', kept({}, 'constructor')],
    ['a list for its questions', { pinnedQuestions: [question] }],
    ['a kept question without a right option', kept({ options: [option('a'), option('b')] })],
    ['one with two', kept({ options: [option('a', true), option('b', true)] })],
    ['one of a single option', kept({ options: [option('a', true)] })],
    [
      'one of 11 options',
      kept({ options: Array.from({ length: 11 }, (_, i) => option(`${i}`, i === 0)) }),
    ],
    ['one with an option twice', kept({ options: [option('a', true), option(' a')] })],
    [
      'an option of 2,001 characters',
      kept({ options: [option('x'.repeat(2_001), true), option('b')] }),
    ],
    ['an option that is no text', kept({ options: [option(7 as never, true), option('b')] })],
    ['a question of 5,001 characters', kept({ question: 'x'.repeat(5_001) })],
    ['a kept question of no version', kept({ version: 'latest' })],
    [
      '61 kept questions',
      { pinnedQuestions: Object.fromEntries(quizzes(61).map(({ id }) => [id, question])) },
    ],
  ])('with %s is refused', async (_what, changes) => {
    const value = { ...exampleAssignment(), ...(changes as Partial<Assignment>) };
    expect(await codeOf(() => parseAssignment(value))).toBe('assignment-damaged');
  });

  it('has no kept question of a prototype', () => {
    const pinnedQuestions = JSON.parse(
      `{"__proto__":${JSON.stringify(question)}}`,
    ) as Assignment['pinnedQuestions'];
    const read = parseAssignment(exampleAssignment({ pinnedQuestions: pinnedQuestions! }));
    expect(Object.keys(read.pinnedQuestions!)).toEqual([]);
    expect(Object.getPrototypeOf(read.pinnedQuestions)).not.toHaveProperty('options');
  });

  it('may have 60 items, and an exercise and a question of one name', () => {
    expect(parseAssignment(exampleAssignment({ items: quizzes(60) })).items).toHaveLength(60);
    const items: Item[] = [
      ...quizzes(1),
      { kind: 'written', id: 'question-0', points: 1, prompt: 'Why?', rubric: [] },
    ];
    expect(parseAssignment(exampleAssignment({ items })).items).toHaveLength(2);
  });

  it('drops the private part of a key that came in by mistake', () => {
    const n = 'x'.repeat(512);
    const sealKey = {
      kty: 'RSA',
      n,
      e: 'AQAB',
      alg: 'RSA-OAEP-256',
      d: 'secret',
      key_ops: ['decrypt'],
    };
    const read = parseAssignment({ ...exampleAssignment(), sealKey });
    expect(read.sealKey).toEqual({ kty: 'RSA', n, e: 'AQAB', alg: 'RSA-OAEP-256' });
  });
});

describe('the students’ copy', () => {
  it('names no other student, and has the same hash', async () => {
    const copy = studentCopy(exampleAssignment());
    expect(JSON.stringify(copy)).not.toMatch(/Lyle|m2044|pinned/);
    expect(await assignmentHash(copy)).toBe(HASH);
  });

  it('has no answers in its rubrics, and a later edition of them is the same assignment', async () => {
    const [rubric] = studentCopy(exampleAssignment()).items.flatMap((item) =>
      item.kind === 'written' ? [item.rubric] : [],
    );
    expect(rubric).toEqual([
      { criterion: 'Padding', points: 3 },
      { criterion: 'Sign', points: 2.5 },
    ]);
    expect(JSON.stringify(assignmentLink(exampleAssignment()))).toBe(
      JSON.stringify(assignmentLink(studentCopy(exampleAssignment()))),
    );
  });

  it('as a file keeps the checks as they are, and names nobody either', async () => {
    const text = writeAssignment(studentFile(exampleAssignment()));
    expect(text).not.toMatch(/Lyle|m2044|Names it/);
    const read = readAssignment(text);
    expect(read.pinned).toEqual(exampleAssignment().pinned);
    expect(await assignmentHash(read)).toBe(HASH);
  });

  it('never says the right options, be it a file, a link or a copy', async () => {
    const whole = readAssignment(frozen('assignment-1-questions.json'));
    for (const given of [
      writeAssignment(studentFile(whole)),
      JSON.stringify(studentCopy(whole)),
      JSON.stringify(readAssignmentLink(assignmentLink(whole))),
    ]) {
      expect(given).not.toMatch(/pinnedQuestions|correct|The zero-point/);
    }
    expect(assignmentLink(whole)).toBe(assignmentLink(exampleAssignment()));
    expect(await assignmentHash(studentFile(whole))).toBe(HASH);
  });

  it('has another hash as soon as anything that students work under changes', async () => {
    for (const changes of [
      { title: 'Week 4' },
      { due: '2026-09-15T23:59:00+02:00' },
      { variants: false },
      { items: quizzes(3) },
    ]) {
      expect(await assignmentHash(exampleAssignment(changes))).not.toBe(HASH);
    }
  });
});

describe('an assignment’s link', () => {
  it('carries the students’ copy in the fragment', () => {
    const fragment = assignmentLink(exampleAssignment());
    expect(fragment).toMatch(/^a=a[\w-]+$/);
    expect(isAssignmentLink(`#${fragment}`)).toBe(true);
    expect(readAssignmentLink(`#${fragment}`)).toEqual(studentCopy(exampleAssignment()));
    expect(readAssignmentLink(fragment).title).toBe('Week 3: weights & scales');
  });

  it('is short enough for 60 items', () => {
    expect(assignmentLink(exampleAssignment({ items: quizzes(60) })).length).toBeLessThan(4_000);
  });

  it('is not made if it would be cut on its way', async () => {
    let state = 7;
    const noise = Array.from({ length: 19_000 }, () => {
      state = Math.imul(state, 48271) & 0x7fffffff;
      return String.fromCharCode(33 + (state % 90));
    }).join('');
    const run = () => assignmentLink(exampleAssignment({ instructions: noise }));
    expect(await codeOf(run)).toBe('assignment-link-too-long');
  });

  it.each([
    ['a place of the page', '#main', 'assignment-link-damaged'],
    ['nothing', '#a=', 'assignment-link-damaged'],
    ['a version alone', '#a=a', 'assignment-link-damaged'],
    ['another version', '#a=bAAAAAAAA', 'assignment-link-version'],
    ['signs that do not belong', '#a=a<script>alert(1)</script>', 'assignment-link-damaged'],
    ['a very long text', `#a=a${'A'.repeat(MOST_ASSIGNMENT_LINK)}`, 'assignment-link-too-long'],
    ['a bomb', `#a=a${packText('0'.repeat(9_000_000))}`, 'assignment-link-too-long'],
    ['a text that is no JSON', `#a=a${packText('hello')}`, 'assignment-not-json'],
    [
      'another kind of file',
      `#a=a${packText('{"format":"heavy-weights-progress"}')}`,
      'assignment-wrong-format',
    ],
  ])('that is %s is refused', async (_what, fragment, code) => {
    expect(await codeOf(() => readAssignmentLink(fragment))).toBe(code);
  });

  it('that lost or changed a character is refused', async () => {
    const fragment = assignmentLink(exampleAssignment());
    for (let at = 'a=a'.length; at < fragment.length - 4; at += 7) {
      const other = fragment[at] === 'A' ? 'B' : 'A';
      const changed = fragment.slice(0, at) + other + fragment.slice(at + 1);
      expect(await codeOf(() => readAssignmentLink(changed))).toBe('assignment-link-damaged');
      expect(await codeOf(() => readAssignmentLink(fragment.slice(0, at)))).toBe(
        'assignment-link-damaged',
      );
    }
  });
});
