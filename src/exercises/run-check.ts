import { numerics, tf } from '../engine/index.ts';
import type { CheckFeedback, CheckResult, TaskContext } from '../runtime/protocol.ts';
import { isMeasure, isMeasureName } from '../shared/measures.ts';
import type { Measures } from '../shared/measures.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import { createRng } from '../shared/rng.ts';
import { formatCall } from './format-value.ts';
import { CallError } from './kit/call-error.ts';
import { CheckFailure } from './kit/check-failure.ts';
import type { Check } from './kit/check.ts';
import { takeExpectationCount } from './kit/expectation-count.ts';
import { SubmissionGone } from './kit/submission-gone.ts';
import { recordCalls } from './record-calls.ts';
import type { CallRecorder, RecordedCall } from './record-calls.ts';

/** What one check gave: its result, the calls it made, and its own defect if it has one. */
export interface CheckRun {
  result: CheckResult;
  calls: RecordedCall[];
  /** What it measured, if anything. */
  measures: Measures;
  defect?: ReaderErrorData;
  /** Set when the submission's realm ended in this check: no other can be run. */
  gone?: true;
}

/** Runs one check against the submission. Never throws: a fault of the check's own is its `defect`. */
export async function runCheck(
  { id, name, run }: Check,
  seed: number,
  context: Pick<TaskContext, 'callEach'>,
): Promise<CheckRun> {
  const recorder = recordCalls(context);
  const measures: Measures = {};
  const tools = {
    call: recorder.call,
    callEach: recorder.callEach,
    measure: measureInto(measures),
    rng: createRng(mixSeed(seed, id)),
    tf,
    numerics,
  };
  takeExpectationCount();
  const verdict = await verdictOf(() => run(tools), { id, name }, recorder);
  const { calls, gone } = await recorder.settle();
  return { ...verdict, calls, measures, ...(gone ? { gone } : {}) };
}

type Verdict = Pick<CheckRun, 'result' | 'defect'>;

async function verdictOf(
  run: () => Promise<void>,
  named: Pick<Check, 'id' | 'name'>,
  recorder: CallRecorder,
): Promise<Verdict> {
  try {
    await run();
  } catch (error) {
    const feedback = feedbackOf(error, recorder);
    if (!feedback) return defective(named, `it threw “${messageOf(error)}”`);
    return { result: { ...named, status: 'failed', feedback } };
  }
  if (takeExpectationCount() === 0) return defective(named, 'it tested nothing');
  return { result: { ...named, status: 'passed' } };
}

/** Nothing if the error is the check's own. */
function feedbackOf(error: unknown, recorder: CallRecorder): CheckFeedback | undefined {
  if (error instanceof SubmissionGone) return unanswered(error, recorder);
  if (error instanceof CheckFailure || error instanceof CallError)
    return toFeedback(error, recorder);
  return undefined;
}

/** A check that measures nonsense is at fault, and says so at once. */
function measureInto(measures: Measures): (name: string, value: number) => void {
  return (name, value) => {
    if (!isMeasureName(name)) throw new Error(`no measure is called ${name}`);
    if (!isMeasure(name, value)) throw new Error(`${name} cannot be ${String(value)}`);
    measures[name] = value;
  };
}

/** A seed for each check, so that its inputs do not depend on which checks ran before it. */
function mixSeed(seed: number, id: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

function toFeedback(error: CheckFailure | CallError, recorder: CallRecorder): CheckFeedback {
  // An array that the check gathered from many calls: the last of them alone did not give it.
  const gathered = error instanceof CheckFailure && error.ofArray && answeredOneValue(recorder);
  const called = gathered ? {} : calledOf(recorder);
  if (error instanceof CallError) {
    const message = error.answered
      ? `What ${error.called} returned cannot be checked.`
      : `${error.called} threw an error.`;
    return { message, ...called, error: error.data };
  }
  return {
    message: error.message,
    ...called,
    ...(error.got === undefined ? {} : { got: error.got }),
    ...(error.expected === undefined ? {} : { expected: error.expected }),
  };
}

function unanswered({ called, data }: SubmissionGone, recorder: CallRecorder): CheckFeedback {
  return { message: `${called} did not answer.`, ...calledOf(recorder), error: data };
}

function answeredOneValue({ last }: CallRecorder): boolean {
  const result = last?.result;
  return result?.ok === true && typeof result.value !== 'object';
}

function calledOf({ last }: CallRecorder): { called?: string } {
  return last === undefined ? {} : { called: formatCall(last.name, last.args) };
}

function defective({ id, name }: Pick<Check, 'id' | 'name'>, what: string): Verdict {
  const explain = `The check “${name}” is itself at fault: ${what}.`;
  return {
    result: { id, name, status: 'not-run', feedback: { message: explain } },
    defect: {
      code: 'check-defect',
      explain,
      elaborate: 'This is a mistake of the book, not of your program.',
      hint: 'The other checks still count. Please report it with the name of the exercise.',
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
