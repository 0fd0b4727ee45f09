import { beforeAll, describe, expect, it } from 'vitest';
import { findAlike } from '../../../../../src/components/Instructor/Grade/alike.ts';
import {
  bookSamples,
  sampleParts,
  type BookSamples,
} from '../../../../../src/components/Instructor/Grade/samples/book-samples.ts';
import { endless } from '../../../../../src/components/Instructor/Grade/samples/programs.ts';
import { latenessOf } from '../../../../../src/components/Instructor/Grade/mark-of.ts';
import { mergeRows } from '../../../../../src/components/Instructor/Grade/merge-rows.ts';
import { claimDiffers } from '../../../../../src/components/Instructor/Grade/row-list.ts';
import { type Row, type Work } from '../../../../../src/components/Instructor/Grade/work.ts';
import { readAssignment } from '../../../../../src/instructor/assignment-file.ts';
import { readBatch } from '../../../../../src/instructor/batch/read-batch.ts';
import { gradeHandIn } from '../../../../../src/instructor/grade/grade-hand-in.ts';
import type { GradedHandIn, GradeContext } from '../../../../../src/instructor/grade/graded.ts';
import { matchStudents } from '../../../../../src/instructor/gradebook/match-students.ts';
import { readGradebook } from '../../../../../src/instructor/gradebook/read-gradebook.ts';
import { itemVersion } from '../../../../../src/instructor/item-version.ts';
import { inProcess } from '../../../instructor/grade/support.ts';
import { workOf } from './rows.ts';

let samples: BookSamples;
let work: Work;
let rows: Row[];
let context: GradeContext;
let parts: Awaited<ReturnType<typeof sampleParts>>;

beforeAll(async () => {
  samples = await bookSamples();
  parts = await sampleParts();
  const { assignment } = samples;
  const batch = await readBatch(
    [{ path: 'hand-ins.zip', blob: new Blob([samples.zip as BlobPart]) }],
    {
      assignment,
    },
  );
  work = workOf({ id: assignment.id, assignment });
  rows = mergeRows(work, [], batch.rows);
  context = {
    gradingSeed: 7,
    sheets: {
      exercise: async (id) => {
        const found = parts.exercises.get(id);
        if (found === undefined) return undefined;
        const { data, checks, mistakes } = found;
        return { entry: data.entry, seed: data.seed, limitMs: data.limits.ms, checks, mistakes };
      },
      quiz: async (id) => {
        const { options } = parts.questions.get(id)!;
        return {
          version: await itemVersion({ kind: 'quiz', options }),
          options: options.map(({ text }) => text.trim()),
          correct: options.findIndex(({ correct }) => correct),
        };
      },
    },
    // The loop would end this process: the sandbox's own tests and the page's have it.
    runner: async (request, signal) =>
      request.code === endless
        ? { passed: false, results: [], seed: request.seed, elapsedMs: 1 }
        : inProcess(request, signal),
  };
});

const rowOf = (name: string): Row => rows.find(({ path }) => path.includes(name))!;
const grade = (name: string): Promise<GradedHandIn> =>
  gradeHandIn(rowOf(name).handIn!, samples.assignment, context);
const earned = ({ items }: GradedHandIn): number[] => items.map((item) => item.earned);
const codes = ({ remarks, items }: GradedHandIn): string[] =>
  [...remarks, ...items.flatMap((item) => item.remarks)].map(({ code }) => code);

describe('the sample hand-ins', () => {
  it('are ten files as Canvas names them, of an assignment that can be read', () => {
    expect(samples.files).toHaveLength(10);
    expect(readAssignment(samples.assignmentText)).toEqual(samples.assignment);
    expect(rows).toHaveLength(10);
    expect(rows.filter(({ state }) => state === 'ready')).toHaveLength(9);
    expect(rows.every(({ lms }) => lms?.layout === 'canvas')).toBe(true);
  });

  it('are made alike each time', async () => {
    const { sampleAssignment } =
      await import('../../../../../src/components/Instructor/Grade/samples/sample-assignment.ts');
    expect(await sampleAssignment(parts)).toEqual(samples.assignment);
  });

  it('came when Canvas says, whatever their own clocks claim', () => {
    expect(latenessOf(work, rowOf('hunterviolet'))?.state).toBe('on-time');
    // By her own clock she was a minute early.
    expect(latenessOf(work, rowOf('stonerhelen'))).toMatchObject({ state: 'late', factor: 0.8 });
    expect(latenessOf(work, rowOf('phelpspercy'))?.state).toBe('grace');
  });

  it('has one that is right in everything', async () => {
    const graded = await grade('hunterviolet');
    expect(graded.items.slice(0, 5).map(({ status }) => status)).toEqual(Array(5).fill('passed'));
    expect(graded.toMark).toBe(1);
    expect(graded.earned).toBe(graded.claimedEarned);
  });

  it('has one with a known mistake, which gets its advice and half-earned points', async () => {
    const graded = await grade('pycrofthall');
    const scale = graded.items.find(({ id }) => id === 'scale-and-zero-point')!;
    expect(scale.report?.mistake?.name).toBe('divides-by-256');
    expect(scale.status).not.toBe('passed');
    expect(scale.hints).toBe(1);
  });

  it('has one whose claims are forged: it earns by the re-run', async () => {
    const graded = await grade('wilsonjabez');
    expect(
      graded.items.filter(({ kind }) => kind === 'exercise').every((item) => item.claimedPassed),
    ).toBe(true);
    expect(earned(graded)[0]).toBe(0);
    expect(claimDiffers({ ...rowOf('wilsonjabez'), graded })).toBe(true);
    expect(graded.earned).toBeLessThan(graded.claimedEarned);
  });

  it('has two more that are right, each in its own way', async () => {
    for (const name of ['stonerhelen', 'munrogrant']) {
      const graded = await grade(name);
      expect([name, ...graded.items.slice(0, 3).map(({ status }) => status)]).toEqual([
        name,
        'passed',
        'passed',
        'passed',
      ]);
    }
  });

  it('has one that copied another, and no other pair', async () => {
    const pairs = await findAlike(work, rows, async (id) => parts.exercises.get(id));
    expect(pairs.length).toBeGreaterThan(0);
    for (const { one, other } of pairs) {
      const names = [one, other].map(
        (key) => rows.find((row) => row.key === key)!.handIn!.student.name,
      );
      expect(names.sort()).toEqual(['Grant Munro', 'Violet Hunter']);
    }
    expect(pairs.map(({ exercise }) => exercise)).toContain('scale-and-zero-point');
  });

  it('has one of an older printing, one that was changed, one that was cut short', async () => {
    expect(codes(await grade('phelpspercy'))).toContain('answer-version');
    expect(codes(await grade('stclairneville'))).toContain('receipt-differs');
    expect(rowOf('hatherleyvictor')).toMatchObject({
      state: 'refused',
      fault: { code: 'hand-in-not-json' },
    });
  });

  it('has one that never ends, and one whose name is a formula', () => {
    const { handIn } = rowOf('sutherlandmary');
    expect(
      handIn?.answers.some((answer) => answer.kind === 'exercise' && answer.code === endless),
    ).toBe(true);
    expect(rowOf('openshawjohn').handIn?.student.name).toMatch(/^=HYPERLINK/);
  });

  it('fit their gradebook but for one, and one of the gradebook handed in nothing', () => {
    const table = readGradebook(new TextEncoder().encode(samples.gradebook));
    const students = rows.flatMap(({ key, handIn, lms }) =>
      handIn === undefined ? [] : [{ key, ...handIn.student, ...(lms ? { lms } : {}) }],
    );
    const { matched, unmatched, absent } = matchStudents(table, students);
    expect(matched).toHaveLength(8);
    expect(matched.every(({ by }) => by === 'lms')).toBe(true);
    expect(
      unmatched.map(({ key }) => rows.find((row) => row.key === key)?.handIn?.student.name),
    ).toEqual(['Percy Phelps']);
    // Irene Adler, and Victor Hatherley, whose file was cut.
    expect(absent).toHaveLength(2);
  });
});
