import { describe, expect, it } from 'vitest';
import {
  buildHandIn,
  parseHandIn,
  readHandIn,
  receiptOf,
  verifyReceipt,
  writeHandIn,
} from '../../../src/instructor/hand-in-file.ts';
import type { Answer } from '../../../src/schemas/hand-in.ts';
import { codeOf, frozen } from './example-assignment.ts';
import { exampleHandIn, exampleParts } from './example-hand-in.ts';

/** The receipt of the frozen file, computed by another program. */
const RECEIPT = '79d42b44cc7372c9587d5e896decc74c9ffe1491e6bc4be2e8431fd5c546435b';

describe('a hand-in’s file', () => {
  it('of version 1 opens for ever, and its receipt holds', async () => {
    const handIn = readHandIn(frozen('hand-in-1.json'));
    expect(handIn.student.name).toBe('Zoë Lyle');
    expect(handIn.receipt).toBe(RECEIPT);
    expect(await verifyReceipt(handIn)).toBe(true);
  });

  it('has the same receipt when it is made today', async () => {
    expect((await exampleHandIn()).receipt).toBe(RECEIPT);
  });

  it('begins with what people read: who, what, when and every answer', async () => {
    const titles = { 'exercise scale-and-zero-point': 'Scale and zero point' };
    const text = writeHandIn(await exampleHandIn({ titles }));
    expect(text).toMatch(/^\{\n {2}"readMe": \[/);
    const { readMe } = readHandIn(text);
    const page = readMe.join('\n');
    for (const part of [
      'Student: Zoë Lyle (m2044)',
      'Assignment: Week 3: weights & scales (a0123456789)',
      'by the student’s own clock',
      `Receipt: ${RECEIPT}`,
      '1. Scale and zero point',
      '2 of 7 checks passed. Attempts: 3. Hints: 1. Solution not opened.',
      '   export const scaleAndZeroPoint',
      '2. who-sets-the-scale\n   Options tried: C, A.',
      '3. why-zero\n   Because of padding.\n   And “signs”.',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('comes back as it was written', async () => {
    const handIn = await exampleHandIn();
    expect(readHandIn(writeHandIn(handIn))).toEqual(handIn);
    expect(readHandIn(`\uFEFF${writeHandIn(handIn).replaceAll('\n', '\r\n')}`)).toEqual(handIn);
  });

  it('trims the student’s name and id', async () => {
    const { student } = await exampleHandIn({ student: { name: '  Anna Park ', id: ' ' } });
    expect(student).toEqual({ name: 'Anna Park', id: '' });
  });

  it('cannot be made without a name, or with an answer beyond its cap', async () => {
    const noName = exampleParts({ student: { name: ' ', id: 'm1' } });
    expect(await codeOf(() => buildHandIn(noName))).toBe('hand-in-damaged');
    const long = exampleParts({
      answers: [{ kind: 'written', id: 'why-zero', text: 'x'.repeat(50_001) }],
    });
    expect(await codeOf(() => buildHandIn(long))).toBe('hand-in-damaged');
  });
});

describe('a receipt', () => {
  it('does not hold once anything of the hand-in was changed', async () => {
    const handIn = await exampleHandIn();
    const [first, second, third] = handIn.answers as [Answer, Answer, Answer];
    const changed = [
      { ...handIn, student: { ...handIn.student, name: 'Anna Park' } },
      { ...handIn, handedInAt: '2026-09-09T18:30:01+02:00' },
      { ...handIn, assignment: { ...handIn.assignment, title: 'Week 4' } },
      {
        ...handIn,
        answers: [
          { ...first, claimed: { passed: true, checks: 7, of: 7 } } as Answer,
          second,
          third,
        ],
      },
      { ...handIn, answers: [second, first, third] },
      { ...handIn, answers: [first, second] },
    ];
    for (const other of changed) expect(await verifyReceipt(other)).toBe(false);
    expect(await verifyReceipt(handIn)).toBe(true);
  });

  it('does not mind the part for people, the order of keys or what the schema does not know', async () => {
    const handIn = await exampleHandIn();
    const { format, readMe: _, ...rest } = handIn;
    const other = parseHandIn({ mark: 100, ...rest, readMe: ['Full marks!'], format });
    expect(await receiptOf(other)).toBe(handIn.receipt);
    expect(await verifyReceipt(other)).toBe(true);
    expect('mark' in other).toBe(false);
  });
});

describe('hand-ins that are not to be believed', () => {
  it.each<[string, (text: string) => string, string]>([
    ['cut short', (text) => text.slice(0, -200), 'hand-in-not-json'],
    ['empty', () => '', 'hand-in-not-json'],
    ['of another kind', () => frozen('assignment-1.json'), 'hand-in-wrong-format'],
    ['newer', (text) => text.replace('"version": 1,', '"version": 2,'), 'hand-in-newer'],
    [
      'with a version that is none',
      (text) => text.replace('"version": 1,', '"version": "1",'),
      'hand-in-damaged',
    ],
    ['without answers', (text) => text.replace('"answers"', '"replies"'), 'hand-in-damaged'],
    [
      'with a path for an id',
      (text) => text.replaceAll('why-zero', '../../etc'),
      'hand-in-damaged',
    ],
    [
      'with an endless count',
      (text) => text.replace('"attempts": 3', '"attempts": 1e999'),
      'hand-in-damaged',
    ],
    [
      'with a code that is none',
      (text) => text.replace(/"code": ".*"/, '"code": {"toString": 1}'),
      'hand-in-damaged',
    ],
    [
      'with a receipt that is none',
      (text) => text.replace(/"receipt": ".*"/, '"receipt": "ok"'),
      'hand-in-damaged',
    ],
    [
      'with an answer twice',
      (text) =>
        text
          .replace('"id": "who-sets-the-scale"', '"id": "x"')
          .replace('"kind": "quiz"', '"kind": "written", "text": ""')
          .replace('"id": "x"', '"id": "why-zero"'),
      'hand-in-damaged',
    ],
  ])('%s', async (_what, spoil, code) => {
    const text = writeHandIn(await exampleHandIn());
    const spoiled = spoil(text);
    expect(spoiled).not.toBe(text);
    expect(await codeOf(() => readHandIn(spoiled))).toBe(code);
  });

  it('one of more than 20 million characters, before it is parsed', async () => {
    const text = ' '.repeat(20_000_001);
    expect(await codeOf(() => readHandIn(text))).toBe('hand-in-too-large');
  });

  it('keeps a name as text, whatever it is', async () => {
    const name = '=HYPERLINK("http://x")<img src=x onerror=alert(1)>';
    const handIn = await exampleHandIn({ student: { name, id: '' } });
    expect(readHandIn(writeHandIn(handIn)).student.name).toBe(name);
  });

  it('carries no prototype in', async () => {
    const text = writeHandIn(await exampleHandIn()).replace(
      '"student": {',
      '"__proto__": { "polluted": true }, "student": { "__proto__": { "polluted": true },',
    );
    const handIn = readHandIn(text) as unknown as {
      polluted?: boolean;
      student: { polluted?: boolean };
    };
    expect(handIn.polluted).toBeUndefined();
    expect(handIn.student.polluted).toBeUndefined();
  });
});
