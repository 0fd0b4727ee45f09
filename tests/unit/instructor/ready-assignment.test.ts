import { describe, expect, it } from 'vitest';
import { parseReadyAssignment } from '../../../src/build/ready-assignments.ts';
import { assignmentLink, readAssignmentLink } from '../../../src/instructor/assignment-link.ts';
import { fromReady } from '../../../src/instructor/ready-assignment.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';
import { codeOf } from './example-assignment.ts';

const yaml = `id: small
chapter: 1
title: A small one
summary: One sentence for the instructor who chooses.
instructions: For students, in some words that are long enough.
items:
  - { kind: exercise, id: count-the-bytes, points: 2, partial: per-check }
  - { kind: quiz, id: one-outlier, points: 1 }
  - kind: written
    id: why
    points: 3
    prompt: Why is it so, and how do you know that it is?
    rubric:
      - { criterion: The reason, points: 2 }
      - { criterion: The evidence, points: 1 }
    samples:
      excellent: { text: 'Because of this and that, as the measurement shows.', why: Both are there. 3 of 3. }
      insufficient: { text: 'It is always so, since everybody says that it is.', why: Neither is there. 0 of 3. }
`;

const catalogue = [
  { kind: 'exercise', id: 'count-the-bytes', version: '0123456789ab' },
  { kind: 'quiz', id: 'one-outlier', version: 'abcdef012345' },
  { kind: 'quiz', id: 'count-the-bytes', version: 'ffffffffffff' },
] as const;

const own = { id: 'a0123456789', book: '0.1.0', createdAt: '2026-09-01T08:00:00Z' };

describe('a ready-made assignment', () => {
  it('becomes one of the instructor’s own, with the versions of this printing', () => {
    const assignment = fromReady(parseReadyAssignment(yaml, 'small.yaml'), catalogue, own);
    expect(assignment.items.map((item) => ('version' in item ? item.version : item.kind))).toEqual([
      '0123456789ab',
      'abcdef012345',
      'written',
    ]);
    expect(readAssignmentLink(assignmentLink(assignment))).toEqual(assignment);
  });

  it('does not hand the sample answers to students', () => {
    const assignment = fromReady(parseReadyAssignment(yaml, 'small.yaml'), catalogue, own);
    expect(JSON.stringify(assignment)).not.toMatch(/samples|Because of this/);
  });

  it('is refused if the printing has no such item', async () => {
    const ready = parseReadyAssignment(yaml, 'small.yaml');
    expect(await codeOf(() => fromReady(ready, catalogue.slice(1), own))).toBe(
      'ready-assignment-item',
    );
  });

  it('that does not fit its schema is refused, with file and line', () => {
    let error: unknown;
    try {
      parseReadyAssignment(
        yaml.replace('points: 2, partial', 'points: two, partial'),
        'small.yaml',
      );
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ReaderError);
    expect((error as ReaderError).elaborate).toMatch(/^small\.yaml:7: items\.0\.points: /);
  });
});
