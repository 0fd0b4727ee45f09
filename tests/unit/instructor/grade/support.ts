/** One small assignment, graded in this process: these programs are our own. */
import { checkInProcess } from '../../../../src/exercises/check-in-process.ts';
import { buildHandIn } from '../../../../src/instructor/hand-in-file.ts';
import { itemVersion } from '../../../../src/instructor/item-version.ts';
import type {
  GradeContext,
  GradingSheet,
  QuizKey,
  Runner,
} from '../../../../src/instructor/grade/graded.ts';
import { runnerOf } from '../../../../src/instructor/grade/runner.ts';
import type { CheckReport, CheckRequest } from '../../../../src/runtime/protocol.ts';
import type { Assignment, PinnedExercise } from '../../../../src/schemas/assignment.ts';
import type { Answer, ExerciseAnswer, HandIn } from '../../../../src/schemas/hand-in.ts';
import { ReaderError } from '../../../../src/shared/reader-error.ts';

const imports = `import { check, defineChecks, expectEqual, expectThrows } from 'heavy-weights/checks';`;

export const doubleSheet: GradingSheet = {
  entry: ['double'],
  seed: 7,
  limitMs: 1_000,
  checks: `${imports}
export default defineChecks([
  check('fixed', 'Twice three is six', async ({ call }) => {
    expectEqual(await call('double', [3], 'number'), 6);
  }),
  check('drawn', 'Any number is doubled', async ({ call, rng }) => {
    const value = rng.integer(1, 1_000_000);
    expectEqual(await call('double', [value], 'number'), 2 * value);
  }),
  check('zero', 'Twice nothing is nothing', async ({ call }) => {
    expectEqual(await call('double', [0], 'number'), 0);
  }),
  check('refuses', 'What is no number is refused', async ({ call }) => {
    await expectThrows(() => call('double', [NaN]), { when: 'for NaN' });
  }),
]);`,
  mistakes: [],
  solution: `export function double(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('x is NaN');
  return 2 * x;
}`,
};

export const right = doubleSheet.solution!;
/** Three checks of four: it refuses nothing. */
export const careless = 'export const double = (x: number): number => x + x;';
export const wrong = 'export const double = (x: number): number => x + 3.5;';

export const doubleVersion = await itemVersion({ kind: 'exercise', ...decisive(doubleSheet) });
export const quizKey: QuizKey = {
  version: '0123456789ab',
  options: ['one', 'two', 'three', 'four'],
  correct: 2,
};

function decisive({ checks, entry, seed, limitMs }: GradingSheet) {
  return { checks, entry, seed, limitMs };
}

export const pinnedOf = async (sheet: GradingSheet): Promise<PinnedExercise> => ({
  ...decisive(sheet),
  version: await itemVersion({ kind: 'exercise', ...decisive(sheet) }),
  starter: 'export function double(x: number): number { return x; }',
});

export const assignmentOf = (changes: Partial<Assignment> = {}): Assignment => ({
  format: 'heavy-weights-assignment',
  version: 1,
  id: 'a0123456789',
  title: 'First exercises',
  instructions: '',
  book: '0.1.0',
  createdAt: '2026-11-01T09:00:00Z',
  items: [
    { kind: 'exercise', id: 'double', points: 8, partial: 'per-check', version: doubleVersion },
    { kind: 'quiz', id: 'which-code', points: 3, version: quizKey.version },
    { kind: 'written', id: 'why', points: 5, prompt: 'Why?', rubric: [] },
  ],
  graceMinutes: 0,
  late: { kind: 'accept' },
  exceptions: [],
  policy: { hints: 'free', hintCost: 0, solution: 'never', attempts: 0 },
  variants: false,
  ...changes,
});

export const exerciseAnswer = (
  code: string,
  changes: Partial<ExerciseAnswer> = {},
): ExerciseAnswer => ({
  kind: 'exercise',
  id: 'double',
  version: doubleVersion,
  code,
  claimed: { passed: false, checks: 0, of: 4 },
  attempts: 1,
  hintsShown: 0,
  solutionShown: false,
  ...changes,
});

export const allAnswers = (code: string): Answer[] => [
  exerciseAnswer(code, { claimed: { passed: true, checks: 4, of: 4 } }),
  { kind: 'quiz', id: 'which-code', version: quizKey.version, tried: [2] },
  { kind: 'written', id: 'why', text: 'Because.' },
];

export const handInOf = (
  answers: Answer[],
  { assignment = assignmentOf(), name = 'Ada Lovelace', id = 's1' } = {},
): Promise<HandIn> =>
  buildHandIn({
    assignment,
    student: { name, id },
    book: '0.1.0',
    startedAt: '2026-11-02T09:00:00Z',
    handedInAt: '2026-11-02T10:00:00Z',
    answers,
  });

/** As a sandbox has it: a program that cannot be loaded is a report that says so. */
const check = async (request: CheckRequest): Promise<CheckReport> => {
  try {
    return await checkInProcess(request);
  } catch (error) {
    const said =
      error instanceof ReaderError ? error.toData() : { code: 'threw', explain: String(error) };
    return { passed: false, results: [], error: said, seed: request.seed, elapsedMs: 0 };
  }
};

/** One at a time: the judge counts expectations for the whole process. */
export const inProcess: Runner = runnerOf({
  check: (request) => ({ done: check(request), stop: () => undefined }),
});

export interface TestContext extends GradeContext {
  requests: CheckRequest[];
}

/** A context whose requests are kept. */
export const contextOf = (
  changes: Partial<GradeContext> & { sheet?: GradingSheet | undefined } = {},
): TestContext => {
  const requests: CheckRequest[] = [];
  const sheet = 'sheet' in changes ? changes.sheet : doubleSheet;
  const runner = changes.runner ?? inProcess;
  return {
    sheets: {
      exercise: async (id) => (id === 'double' ? sheet : undefined),
      quiz: async (id) => (id === 'which-code' ? quizKey : undefined),
    },
    gradingSeed: 99,
    ...changes,
    requests,
    runner: (request, signal) => {
      requests.push(request);
      return runner(request, signal);
    },
  };
};
