import { suggestName } from '../runtime/realm/suggest.ts';
import type {
  CheckReport,
  CheckResult,
  JudgeRequest,
  RealmTask,
  TaskContext,
} from '../runtime/protocol.ts';
import type { Measures } from '../shared/measures.ts';
import { ReaderError } from '../shared/reader-error.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import type { Check } from './kit/check.ts';
import { matchMistake } from './match-mistake.ts';
import { runCheck } from './run-check.ts';
import type { CheckRun } from './run-check.ts';

/**
 * Judges a submission by what it does. Runs in a realm of its own: it holds the checks and the known
 * mistakes, and reaches the reader's code only through `context.callEach`, by plain data.
 */
export const judge: RealmTask = async (payload, context): Promise<CheckReport> => {
  const request = payload as JudgeRequest;
  const startedAt = performance.now();
  const report = await judgeSubmission(request, context);
  return { ...report, seed: request.seed, elapsedMs: performance.now() - startedAt };
};

type Verdict = Omit<CheckReport, 'seed' | 'elapsedMs'>;

async function judgeSubmission(request: JudgeRequest, context: TaskContext): Promise<Verdict> {
  let checks: Check[];
  try {
    checks = await loadChecks(request.checks, context);
  } catch (error) {
    return { passed: false, results: [], error: brokenChecks(error) };
  }
  const missing = findMissingExport(request);
  if (missing) return { passed: false, results: checks.map(notRun), error: missing };

  const runs: CheckRun[] = [];
  for (const check of checks) {
    const gone = runs.at(-1)?.gone;
    runs.push(
      gone
        ? { result: notRun(check), calls: [], measures: {}, gone }
        : await runCheck(check, request.seed, context),
    );
  }
  const results = runs.map(({ result }) => result);
  const measures: Measures = Object.assign({}, ...runs.map((run) => run.measures));
  const passed = results.length > 0 && results.every(({ status }) => status === 'passed');
  const defect = runs.find((run) => run.defect)?.defect;
  const mistake = passed ? undefined : await findMistake(request, runs, context);
  return {
    passed,
    results,
    ...(Object.keys(measures).length === 0 ? {} : { measures }),
    ...(mistake === undefined ? {} : { mistake }),
    ...(defect === undefined ? {} : { error: defect }),
  };
}

async function loadChecks(code: string, context: TaskContext): Promise<Check[]> {
  const { default: checks } = await context.evaluate(code, 'checks.ts');
  if (Array.isArray(checks) && checks.length > 0) return checks as Check[];
  throw new ReaderError({
    code: 'no-checks',
    explain: 'checks.ts must end in `export default defineChecks([…])` with at least one check.',
  });
}

function notRun({ id, name }: Check): CheckResult {
  return { id, name, status: 'not-run' };
}

function brokenChecks(error: unknown): ReaderErrorData {
  const cause = error instanceof Error ? error.message : String(error);
  return {
    code: 'check-defect',
    explain: `The checks of this exercise could not be loaded: ${cause}`,
    elaborate: 'This is a mistake of the book, not of your program.',
    hint: 'Your text is kept. Please report it with the name of the exercise.',
  };
}

/** One clear error for an entry function that is not exported, with the near miss if there is one. */
function findMissingExport({ entry, exports }: JudgeRequest): ReaderErrorData | undefined {
  const missing = entry.find((name) => !exports.includes(name));
  if (missing === undefined) return undefined;
  const near = suggestName(missing, exports);
  return {
    code: 'missing-export',
    explain: `The checks call ${missing}, and your program does not export it.`,
    elaborate: exports.length === 0 ? 'It exports nothing.' : `It exports ${listNames(exports)}.`,
    hint:
      near === undefined
        ? `Write it as \`export function ${missing}(…) { … }\`, with the word export in front.`
        : `If ${near} is meant, call it ${missing}.`,
  };
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 6);
  if (names.length > shown.length)
    return `${shown.join(', ')} and ${names.length - shown.length} more`;
  const last = shown.at(-1) ?? '';
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** A known mistake is advice on top of the verdict: one that cannot be evaluated must not spoil it. */
async function findMistake(
  { mistakes }: JudgeRequest,
  runs: readonly CheckRun[],
  { evaluate }: TaskContext,
): Promise<CheckReport['mistake']> {
  if (runs.at(-1)?.gone) return undefined;
  const failed = runs.filter(({ result }) => result.status === 'failed');
  const calls = runs.flatMap((run) => run.calls);
  try {
    return await matchMistake(
      mistakes,
      calls,
      new Set(failed.map(({ result }) => result.id)),
      evaluate,
    );
  } catch {
    return undefined;
  }
}
