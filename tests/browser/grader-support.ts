/** Whole hand-ins, graded as the instructor's page grades them, with the sandbox of a page that a test drives. */
import type { Page } from '@playwright/test';
import { gradeBatch } from '../../src/instructor/grade/grade-batch.ts';
import type { GradedHandIn, GradingSheet, Runner } from '../../src/instructor/grade/graded.ts';
import type { QueueRow } from '../../src/instructor/grade/queue.ts';
import { buildHandIn } from '../../src/instructor/hand-in-file.ts';
import { itemVersion } from '../../src/instructor/item-version.ts';
import type { CheckRequest } from '../../src/runtime/protocol.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import type { HandIn } from '../../src/schemas/hand-in.ts';
import { check } from './sandbox-driver.ts';
import type { SandboxSite } from './sandbox-site.ts';

/** A site with one page kept open. */
export interface Place extends SandboxSite {
  page: Page;
}

/** A submission: who, and the program. */
export type Submission = [student: string, code: string];

export const addOne: GradingSheet = {
  entry: ['answer'],
  seed: 1,
  limitMs: 700,
  checks: `import { check, defineChecks, expectEqual, expectThrows } from 'heavy-weights/checks';
export default defineChecks([
  check('fixed', 'Two and one are three', async ({ call }) => {
    expectEqual(await call('answer', [2], 'number'), 3);
  }),
  check('drawn', 'Any number has its next', async ({ call, rng }) => {
    for (let round = 0; round < 20; round++) {
      const value = rng.integer(-1_000_000, 1_000_000);
      expectEqual(await call('answer', [value], 'number'), value + 1);
    }
  }),
  check('refuses', 'What is no number is refused', async ({ call }) => {
    await expectThrows(() => call('answer', [NaN]), { when: 'for NaN' });
  }),
]);`,
  mistakes: [],
};

export const honest = `export function answer(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('x is NaN');
  return x + 1;
}`;

/** An assignment of one exercise, ten points, all or nothing. */
export const assignmentOf = async (
  id = 'add-one',
  sheet: GradingSheet = addOne,
): Promise<Assignment> => {
  const { checks, entry, seed, limitMs } = sheet;
  const version = await itemVersion({ kind: 'exercise', checks, entry, seed, limitMs });
  return {
    format: 'heavy-weights-assignment',
    version: 1,
    id: 'attackattac',
    title: 'Attacks',
    instructions: '',
    book: '0.1.0',
    createdAt: '2026-11-01T09:00:00Z',
    items: [{ kind: 'exercise', id, points: 10, partial: 'all-or-nothing', version }],
    graceMinutes: 0,
    late: { kind: 'accept' },
    exceptions: [],
    policy: { hints: 'free', hintCost: 0, solution: 'never', attempts: 0 },
    variants: false,
  };
};

/** Whoever hands in says that everything passed. */
export const handInOf = async (
  assignment: Assignment,
  [student, code]: Submission,
): Promise<HandIn> => {
  const [item] = assignment.items;
  if (item?.kind !== 'exercise') throw new Error('The assignment begins with an exercise.');
  const { id, version } = item;
  return buildHandIn({
    assignment,
    student: { name: student, id: student },
    book: '0.1.0',
    startedAt: '2026-11-02T09:00:00Z',
    handedInAt: '2026-11-02T10:00:00Z',
    answers: [
      {
        kind: 'exercise',
        id,
        version,
        code,
        claimed: { passed: true, checks: 3, of: 3 },
        attempts: 1,
        hintsShown: 0,
        solutionShown: false,
      },
    ],
  });
};

const runnerIn =
  ({ page }: Place): Runner =>
  (request: CheckRequest) =>
    check(page, request);

export interface Graded {
  rows: Map<string, QueueRow<GradedHandIn>>;
  /** Points by student; NaN for a row without marks. */
  marks: Record<string, number>;
}

/** Grades submissions, one at a time in each of the places. */
export const gradeIn = async (
  places: readonly Place[],
  submissions: readonly Submission[],
  { id = 'add-one', sheet = addOne, gradingSeed = 4711 } = {},
): Promise<Graded> => {
  const assignment = await assignmentOf(id, sheet);
  const handIns = await Promise.all(
    submissions.map(async (submission) => ({
      key: submission[0],
      handIn: await handInOf(assignment, submission),
    })),
  );
  const runners = places.map(runnerIn);
  const { rows } = await gradeBatch({
    handIns,
    assignment,
    parallel: places.length,
    contextOf: (slot) => ({
      sheets: {
        exercise: async (wanted) => (wanted === id ? sheet : undefined),
        quiz: async () => undefined,
      },
      gradingSeed,
      runner: runners[slot]!,
    }),
  }).done;
  return {
    rows: new Map(rows.map((row) => [row.key, row])),
    marks: Object.fromEntries(rows.map(({ key, result }) => [key, result?.earned ?? NaN])),
  };
};

/** What no submission may change. */
export const pageState = (page: Page): Promise<unknown> =>
  page.evaluate(async () => ({
    title: document.title,
    storage: JSON.stringify({ ...localStorage, ...sessionStorage }),
    cookie: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    history: history.length,
    url: location.href,
    focus: document.activeElement?.id,
    body: document.body.textContent,
    globals: Object.keys(window).length,
    inherited: Object.keys(Object.prototype),
    frames: document.querySelectorAll('iframe').length,
  }));
