import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fuller,
  MOST_SUSPEND,
  MOST_TRIES,
  noTries,
  questionsMark,
  readTries,
  withTry,
  writeTries,
} from '../../../../src/instructor/scorm/sco-state.ts';
import { countRight, isComplete, scormScore } from '../../../../src/instructor/scorm/score.ts';
import { sessionTime } from '../../../../src/instructor/scorm/session-time.ts';
import { question } from './small-course.ts';

const mark = 'deadbeef';
const options = [3, 4, 5];
const tries = [[0, 2], [], [4]];

describe('the state of a package', () => {
  it('comes back as it was, whatever was tried', () => {
    const any = fc.array(fc.integer({ min: 3, max: 5 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(any, fc.infiniteStream(fc.nat()), (counts, stream) => {
        const tried = counts.map((count) =>
          Array.from({ length: stream.next().value! % 41 }, () => stream.next().value! % count),
        );
        const text = writeTries(mark, tried);
        expect(readTries(text, mark, counts)).toEqual(tried);
      }),
    );
  });

  it('stays within 3,800 bytes of ASCII with all the questions and tries there can be', () => {
    let all = noTries(60);
    for (let question = 0; question < 60; question++) {
      for (let attempt = 0; attempt < 200; attempt++) all = withTry(all, question, attempt % 5);
    }
    const text = writeTries(mark, all);
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(text.length).toBeLessThanOrEqual(MOST_SUSPEND);
    expect(readTries(text, mark, Array<number>(60).fill(5))).toEqual(all);
  });

  it('keeps the newest try when a question has more than its share', () => {
    let all = noTries(1);
    for (let attempt = 0; attempt < 100; attempt++) all = withTry(all, 0, 0);
    all = withTry(all, 0, 2);
    expect(all[0]).toHaveLength(MOST_TRIES);
    expect(all[0]!.at(-1)).toBe(2);
  });

  it('is not read from anything else', () => {
    const good = writeTries(mark, tries);
    expect(readTries(good, mark, options)).toEqual(tries);
    for (const bad of [
      '',
      'null',
      'hw1:',
      good.slice(0, -2),
      good.replace('4', '5'),
      good.replace('4', '-'),
      good.replace('4', '４'),
      `${good}.`,
      good.replace('hw1', 'hw2'),
      good.replace('deadbeef', 'deadbeee'),
      `hw1:${mark}:${'0'.repeat(MOST_TRIES + 1)}..`,
      `hw1:${mark}:0..${'4'.repeat(5_000)}`,
    ]) {
      expect(readTries(bad, mark, options), bad).toBeUndefined();
    }
  });

  it('has another mark when the questions, their order or the right options change', () => {
    const marks = [
      [question('one'), question('two')],
      [question('two'), question('one')],
      [question('one'), question('two', 2)],
      [question('one'), question('two', 1, 4)],
      [question('one')],
    ].map(questionsMark);
    expect(new Set(marks).size).toBe(marks.length);
    for (const each of marks) expect(each).toMatch(/^[0-9a-f]{8}$/);
  });

  it('of two copies takes that with more answers, and the course’s of equal ones', () => {
    const less = [[0], [], []];
    expect(fuller(less, tries)).toBe(tries);
    expect(fuller(tries, less)).toBe(tries);
    expect(fuller([[1], [], []], less)).toEqual([[1], [], []]);
    expect(fuller(undefined, less)).toBe(less);
    expect(fuller(less, undefined)).toBe(less);
    expect(fuller(undefined, undefined)).toBeUndefined();
  });
});

describe('the score', () => {
  const questions = [
    { points: 1, correct: 1, options: 3, attempts: 0 },
    { points: 3, correct: 0, options: 4, attempts: 0 },
  ];

  it('is over all questions, answered or not', () => {
    expect(scormScore(questions, [[], []])).toBe(0);
    expect(scormScore(questions, [[1], []])).toBe(25);
    expect(scormScore(questions, [[1], [0]])).toBe(100);
  });

  it('gives less for each other option tried before, and nothing for the last one left', () => {
    expect(scormScore(questions, [[0, 1], []])).toBe(12.5);
    expect(scormScore(questions, [[0, 2, 1], []])).toBe(0);
    // The same wrong option twice is one wrong option.
    expect(scormScore(questions, [[0, 0, 1], []])).toBe(12.5);
    // What was tried after the right one changes nothing.
    expect(scormScore(questions, [[1, 0], []])).toBe(25);
  });

  it('is never outside 0 … 100, nor anything but a number', () => {
    const scored = fc.record({
      points: fc.double({ min: 0, max: 1_000, noNaN: true }),
      correct: fc.integer({ min: 0, max: 4 }),
      options: fc.constant(5),
      attempts: fc.integer({ min: 0, max: 3 }),
    });
    const tried = fc.array(fc.array(fc.integer({ min: 0, max: 4 })));
    fc.assert(
      fc.property(fc.array(scored), tried, (all, tries) => {
        const score = scormScore(all, tries);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(String(score)).toMatch(/^\d+(\.\d{1,2})?$/);
      }),
    );
  });

  it('takes no more tries than the assignment allows', () => {
    const once = questions.map((question) => ({ ...question, attempts: 1 }));
    expect(scormScore(once, [[1], [1, 0]])).toBe(25);
    expect(isComplete(once, [[1], [1]])).toBe(true);
    expect(isComplete(once, [[1], []])).toBe(false);
    // The same option twice is one.
    const twice = questions.map((question) => ({ ...question, attempts: 2 }));
    expect(isComplete(twice, [[0, 0], [0]])).toBe(false);
    expect(isComplete(twice, [[0, 2], [0]])).toBe(true);
    expect(isComplete(questions, [[0, 2], [0]])).toBe(false);
  });

  it('counts the questions that have their right answer', () => {
    expect(countRight(questions, [[0, 1], [3]])).toBe(1);
    expect(countRight(questions, [[0, 1], [0]])).toBe(2);
  });
});

describe('the time of a session', () => {
  it('is written as the standard wants it', () => {
    expect(sessionTime(0)).toBe('0000:00:00.00');
    expect(sessionTime(3_723_450)).toBe('0001:02:03.45');
    expect(sessionTime(59_999)).toBe('0000:01:00.00');
    expect(sessionTime(-5)).toBe('0000:00:00.00');
    expect(sessionTime(1e15)).toBe('9999:59:59.99');
  });
});
