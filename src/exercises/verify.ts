import type { CheckReport, CheckRequest, RunOutcome } from '../runtime/protocol.ts';
import { budgetNames, meetsBudget } from '../shared/measures.ts';
import { toCheckRequest } from './load.ts';
import type { Exercise } from './load.ts';
import { fencedCode } from './parse-hints.ts';
import { pythonNames } from './python-names.ts';
import { wrongAnswerPrograms } from './wrong-answers.ts';

/** What the rules use: the sandbox, and what else the book holds. */
export interface VerifyTools {
  /** Checks a program in two realms of its own, as a reader's browser does. */
  check(request: CheckRequest): Promise<CheckReport>;
  /** The same in this process, for harmless programs of verification's own: much quicker, no files of the book. */
  checkHere(request: CheckRequest): Promise<CheckReport>;
  /** Runs a program as a cell. */
  run(code: string, limitMs: number): Promise<RunOutcome>;
  /** Errors of the TypeScript compiler in files of the exercise, as `file:line: message`. */
  typeErrors(exercise: Exercise): string[];
  /** Errors of Python's compiler, or undefined where there is no Python. */
  compilePython(file: string): Promise<string | undefined>;
  /** Numbers of the sections there are: `1.3`. */
  sections: ReadonlySet<string>;
  /** Names of the files of the book. */
  files: ReadonlySet<string>;
  /** Names that a Python twin may use. */
  pythonNames: ReadonlySet<string>;
}

/** One thing that must hold of every exercise. */
export interface Rule {
  name: string;
  /** What is wrong, one sentence each; empty when the rule holds. */
  find(exercise: Exercise, tools: VerifyTools): Promise<string[]>;
}

/** Everything that must hold of an exercise before a reader meets it. Each rule stands alone. */
export const exerciseRules: Rule[] = [
  { name: 'no placeholder is left', find: findPlaceholders },
  { name: 'its ids and references resolve', find: findBrokenReferences },
  {
    name: 'its TypeScript type-checks',
    find: async (exercise, tools) => tools.typeErrors(exercise),
  },
  { name: 'the solution passes, twice alike, within half the limit', find: findSolutionFaults },
  { name: 'the solution passes with three other seeds', find: findSeedFaults },
  { name: 'the starter runs and fails the checks', find: findStarterFaults },
  { name: 'an empty file fails', find: findEmptyFaults },
  { name: 'every mistake fails its check and gets its advice', find: findMistakeFaults },
  { name: 'answers of the wrong kind fail without upsetting a check', find: findWrongAnswerFaults },
  { name: 'the last hint gives the solution', find: async (exercise) => findHintFaults(exercise) },
  { name: 'the Python twin compiles and uses known names', find: findPythonFaults },
];

/** The mark in scaffolded files at what is still to be written. */
const placeholder = /⟨[^⟩]*⟩/;

async function findPlaceholders(exercise: Exercise): Promise<string[]> {
  const { data, statement, hints, starter, solution, checks, mistakes, python } = exercise;
  const texts: [string, string][] = [
    ['exercise.yaml', JSON.stringify(data)],
    ['statement.mdx', statement],
    ['hints.md', hints.join('\n')],
    ['starter.ts', starter],
    ['solution.ts', solution],
    ['checks.ts', checks],
    ['python.py', python],
    ...mistakes.map(({ name, code }): [string, string] => [`mistakes/${name}.ts`, code]),
  ];
  return texts.flatMap(([file, text]) => {
    const found = placeholder.exec(text);
    return found ? [`${file} still says ${found[0]}.`] : [];
  });
}

async function findBrokenReferences(exercise: Exercise, tools: VerifyTools): Promise<string[]> {
  const { chapter, entry, files } = exercise.data;
  const faults: string[] = [];
  if (!tools.sections.has(chapter))
    faults.push(`It belongs to section ${chapter}, which does not exist.`);
  for (const file of files) {
    if (!tools.files.has(file)) faults.push(`It opens “${file}”, which is no file of the book.`);
  }
  for (const name of entry) {
    if (!exercise.statement.includes(name)) faults.push(`The statement does not mention ${name}.`);
  }
  if (exercise.mistakes.length < 2) faults.push('It has one known mistake; two are the least.');
  const advice = new Set(exercise.mistakes.map((mistake) => mistake.advice));
  if (advice.size < exercise.mistakes.length) faults.push('Two mistakes give the same advice.');
  return faults;
}

async function findSolutionFaults(exercise: Exercise, { check }: VerifyTools): Promise<string[]> {
  const { seed, limits } = exercise.data;
  const request = toCheckRequest(exercise, exercise.solution);
  const reports = [await check(request), await check(request)];
  const faults = reports.flatMap((report) => notPassed(report, `with seed ${seed}`));
  const [first, second] = reports.map(({ results }) => JSON.stringify(results));
  if (first !== second) faults.push(`With seed ${seed} it gave two different reports.`);
  const slowest = Math.max(...reports.map(({ elapsedMs }) => elapsedMs));
  faults.push(...findBudgetFaults(exercise, reports[0]!));
  if (slowest > limits.ms / 2) {
    faults.push(`It took ${Math.round(slowest)} ms, more than half its limit of ${limits.ms} ms.`);
  }
  return faults;
}

/** An exercise with budgets measures each of them, and its solution meets them all. */
function findBudgetFaults({ data }: Exercise, { measures = {} }: CheckReport): string[] {
  const { budgets } = data;
  if (budgets === undefined) {
    return Object.keys(measures).map((name) => `Its checks measure ${name}, which has no budget.`);
  }
  return budgetNames(budgets).flatMap((name) => {
    if (meetsBudget(name, measures[name], budgets[name]!)) return [];
    const came = measures[name] === undefined ? 'is not measured' : `is ${measures[name]}`;
    return [`Of the solution ${name} ${came}; the budget is ${budgets[name]}.`];
  });
}

async function findSeedFaults(exercise: Exercise, { check }: VerifyTools): Promise<string[]> {
  const faults: string[] = [];
  for (const offset of [1, 104_729, 2_000_003]) {
    const seed = exercise.data.seed + offset;
    faults.push(
      ...notPassed(
        await check(toCheckRequest(exercise, exercise.solution, seed)),
        `with seed ${seed}`,
      ),
    );
  }
  return faults;
}

async function findStarterFaults(
  exercise: Exercise,
  { check, run }: VerifyTools,
): Promise<string[]> {
  const { starter, data } = exercise;
  const outcome = await run(starter, data.limits.ms);
  const report = await check(toCheckRequest(exercise, starter));
  return [
    ...(outcome.status === 'finished'
      ? []
      : [
          `The starter does not run: ${outcome.status}, ${outcome.error?.explain ?? 'no error given'}`,
        ]),
    ...notFailed(report, 'The starter'),
  ];
}

async function findEmptyFaults(exercise: Exercise, { check }: VerifyTools): Promise<string[]> {
  const report = await check(toCheckRequest(exercise, ''));
  if (!report.passed && report.error?.code === 'missing-export') return [];
  return [
    `An empty file should be told which export is missing; it got ${JSON.stringify(report.error)}.`,
  ];
}

async function findMistakeFaults(exercise: Exercise, { check }: VerifyTools): Promise<string[]> {
  const faults: string[] = [];
  for (const mistake of exercise.mistakes) {
    const who = `mistakes/${mistake.name}.ts`;
    const report = await check(toCheckRequest(exercise, mistake.code));
    const named = report.results.find(({ id }) => id === mistake.fails);
    if (named === undefined && report.error === undefined) {
      faults.push(`${who} names the check “${mistake.fails}”, which does not exist.`);
      continue;
    }
    faults.push(...notFailed(report, who));
    if (named?.status === 'passed')
      faults.push(`${who} passes the check “${mistake.fails}” it should fail.`);
    if (named?.status === 'failed' && report.mistake?.name !== mistake.name) {
      const instead =
        report.mistake === undefined ? 'no advice' : `the advice of ${report.mistake.name}`;
      faults.push(`${who} gets ${instead} instead of its own.`);
    }
  }
  return faults;
}

async function findWrongAnswerFaults(exercise: Exercise, tools: VerifyTools): Promise<string[]> {
  const check = exercise.data.files.length === 0 ? tools.checkHere : tools.check;
  const faults: string[] = [];
  for (const [name, code] of wrongAnswerPrograms(exercise.data.entry)) {
    faults.push(
      ...notFailed(await check(toCheckRequest(exercise, code)), `A program that ${name}`),
    );
  }
  return faults;
}

function findHintFaults({ hints, solution }: Exercise): string[] {
  const lines = new Set(solution.split('\n').map((line) => line.trim()));
  const revealed = fencedCode(hints.at(-1) ?? '');
  if (revealed.length === 0)
    return ['The last hint gives no code: it must show the solution in a ```ts fence.'];
  const foreign = revealed.find((line) => !lines.has(line.trim()));
  return foreign === undefined
    ? []
    : [`The last hint has a line that is not in solution.ts: ${foreign.trim()}`];
}

async function findPythonFaults(exercise: Exercise, tools: VerifyTools): Promise<string[]> {
  const error = await tools.compilePython(`${exercise.folder}/python.py`);
  const unknown = pythonNames(exercise.python)
    .filter(({ name }) => !tools.pythonNames.has(name))
    .map(
      ({ name, line }) =>
        `python.py:${line} uses ${name}, which is not in content/python-names.yaml.`,
    );
  return error === undefined ? unknown : [error, ...unknown];
}

function notPassed(report: CheckReport, when: string): string[] {
  if (report.passed) return [];
  const failed = report.results.filter(({ status }) => status !== 'passed');
  const details = failed.map(
    ({ id, feedback }) => `${id}: ${feedback?.message ?? 'not run'} (${feedback?.called ?? ''})`,
  );
  return [
    `The solution does not pass ${when}: ${[report.error?.explain, ...details].filter(Boolean).join(' ')}`,
  ];
}

/** The program must be judged and found wrong: by a check, not by an error of loading or of a check. */
function notFailed(report: CheckReport, who: string): string[] {
  if (report.passed) return [`${who} passes the checks.`];
  if (report.error !== undefined) return [`${who} is not judged: ${report.error.explain}`];
  return [];
}
