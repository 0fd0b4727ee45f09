import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { GradedHandIn, GradedItem } from '../../../../src/instructor/grade/graded.ts';
import { feedbackText } from '../../../../src/instructor/gradebook/feedback.ts';
import { feedbackZip, safePath } from '../../../../src/instructor/gradebook/feedback-zip.ts';
import type { CheckReport } from '../../../../src/runtime/protocol.ts';

const report = (results: CheckReport['results']): CheckReport => ({
  passed: false,
  results,
  seed: 1,
  elapsedMs: 1,
});

const item = (changes: Partial<GradedItem> & Pick<GradedItem, 'id' | 'kind'>): GradedItem => ({
  points: 4,
  earned: 0,
  status: 'failed',
  claimedPassed: true,
  claimedEarned: 4,
  drift: false,
  hints: 0,
  attempts: 1,
  solutionShown: false,
  remarks: [{ code: 'x', text: 'For the instructor alone.' }],
  ...changes,
});

const graded: GradedHandIn = {
  student: { name: 'John\u001B[31m\nWatson', id: 'w1' },
  receipt: 'f'.repeat(64),
  claimedAt: '2026-09-09T10:00:00Z',
  items: [
    item({
      kind: 'exercise',
      id: 'double',
      earned: 2,
      status: 'partial',
      report: report([
        { id: 'a', name: 'Twice three is six', status: 'passed' },
        {
          id: 'b',
          name: 'Zero',
          status: 'failed',
          feedback: { message: 'double(0) gave 1;\nexpected 0.' },
        },
        { id: 'c', name: 'Rest', status: 'not-run' },
      ]),
      privateReport: report([
        { id: 's', name: 'The secret trick', status: 'passed' },
        { id: 't', name: 'The other trick', status: 'failed' },
      ]),
    }),
    item({ kind: 'quiz', id: 'which-code', status: 'missing' }),
    item({ kind: 'written', id: 'why', status: 'to-mark' }),
  ],
  earned: 2,
  possible: 12,
  claimedEarned: 12,
  toMark: 1,
  remarks: [{ code: 'y', text: 'For the instructor alone.' }],
  elapsedMs: 5,
};

describe('feedbackText', () => {
  it('says marks, checks and comments, and what is late', () => {
    const text = feedbackText(graded, {
      assignment: 'Week 3',
      titles: new Map([['exercise double', 'Twice as much']]),
      decisions: new Map([['quiz which-code', { points: 1, comment: 'By word\nof mouth.' }]]),
      lateness: { factor: 0.5, text: 'late by 3 minutes: half' },
      comment: 'See me.',
    });
    expect(text.split('\n')).toEqual([
      'Week 3',
      'John [31m Watson (w1)',
      'Mark: 1.5 of 12 (late by 3 minutes: half)',
      'Not marked yet: 1 of the answers.',
      `Receipt of the hand-in that was graded: ${'f'.repeat(64)}`,
      '',
      '1. Twice as much: 2 of 4',
      '   [passed] Twice three is six',
      '   [failed] Zero',
      '        double(0) gave 1; expected 0.',
      '   [not run] Rest',
      '   The instructor’s own checks: 1 of 2 passed.',
      '',
      '2. which-code: 1 of 4',
      '   No answer was handed in.',
      '   By word',
      '   of mouth.',
      '',
      '3. why: not marked yet',
      '',
      'See me.',
      '',
    ]);
  });

  it('tells neither remarks nor the instructor’s own checks', () => {
    const text = feedbackText(graded, { assignment: 'Week 3' });
    expect(text).not.toMatch(/instructor alone|trick/);
  });
});

describe('feedbackZip', () => {
  it('keeps the paths of the LMS, and tells students of one name apart', () => {
    const paths = [
      'Zoë Lyle_12345_assignsubmission_file_/feedback.txt',
      'John Watson',
      'john watson',
      '__proto__',
    ];
    const zip = feedbackZip(paths.map((path) => ({ path, text: `For ${path}` })));
    const files = unzipSync(zip);
    expect(Object.keys(files).sort()).toEqual(
      [paths[0], 'John Watson.txt', '__proto__.txt', 'john watson (2).txt'].sort(),
    );
    expect(strFromU8(files['john watson (2).txt']!)).toBe('For john watson');
  });

  it('writes no path that leads anywhere else, or that a system cannot have', () => {
    expect(safePath('../../etc/passwd')).toBe('etc/passwd.txt');
    expect(safePath('/a//b.TXT')).toBe('a/b.TXT');
    expect(safePath('C:\\x<y>|"?*\u202E')).toBe('C__x_y______.txt');
    expect(safePath('con.txt')).toBe('_con.txt');
    expect(safePath(' ... ')).toBe('student.txt');
    expect(safePath('n'.repeat(500)).length).toBeLessThan(110);
  });
});
