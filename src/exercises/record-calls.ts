import type { CallResult, TaskContext } from '../runtime/protocol.ts';
import { cloneValue } from './clone-value.ts';
import { CallError } from './kit/call-error.ts';
import type { CheckTools } from './kit/check.ts';
import { countExpectation } from './kit/expectation-count.ts';
import { requireKind } from './kit/returns.ts';
import type { ReturnKind } from './kit/returns.ts';
import { SubmissionGone } from './kit/submission-gone.ts';

/** One call of the submission and what came of it: what a known mistake is compared with. */
export interface RecordedCall {
  name: string;
  args: unknown[];
  result: CallResult;
}

/** A call that was made, answered or not. */
type MadeCall = Omit<RecordedCall, 'result'> & { result?: CallResult };

/** The ways to call that checks are given, and the calls made by them. */
export interface CallRecorder extends Pick<CheckTools, 'call' | 'callEach'> {
  /** The call whose answer was asked for last: the one a failed check speaks of. */
  last: MadeCall | undefined;
  /** Waits for the answers that no check took, and gives all calls that were answered, oldest first. */
  settle(): Promise<{ calls: RecordedCall[]; gone: boolean }>;
}

/** Wraps the realm's `call`: records a copy of each call, throws the reader's errors, asks for kinds. */
export function recordCalls(context: Pick<TaskContext, 'callEach'>): CallRecorder {
  const made: { call: MadeCall; answer: Promise<CallResult> }[] = [];

  /** The ways to the answers. */
  const make = (
    name: string,
    each: readonly (readonly unknown[])[],
    returns: ReturnKind | undefined,
  ): (() => Promise<never>)[] => {
    const calls = each.map((args): MadeCall => ({ name, args: args.map(cloneValue) }));
    const results = context.callEach(
      name,
      calls.map(({ args }) => args),
    );
    return calls.map((call, index) => {
      const answer = record(call, results[index]!);
      // One that no check takes is no error that nobody saw.
      answer.catch(() => undefined);
      made.push({ call, answer });
      return () => take(call, answer, returns);
    });
  };

  const record = async (call: MadeCall, answer: Promise<CallResult>): Promise<CallResult> => {
    const result = await answer;
    if (!isGone(result)) call.result = cloneResult(result);
    return result;
  };

  const take = async (
    call: MadeCall,
    answer: Promise<CallResult>,
    returns: ReturnKind | undefined,
  ): Promise<never> => {
    const { name } = call;
    recorder.last = call;
    const result = await answer;
    if (!result.ok) {
      if (isGone(result)) throw new SubmissionGone(name, result.error);
      throw new CallError(name, result.error);
    }
    if (returns !== undefined) {
      countExpectation();
      requireKind(name, result.value, returns);
    }
    return result.value as never;
  };

  const recorder: CallRecorder = {
    last: undefined,
    call: (name: string, args: readonly unknown[], returns?: ReturnKind) =>
      make(name, [args], returns)[0]!(),
    callEach: <Case>(
      name: string,
      cases: readonly Case[],
      argsOf: (each: Case) => readonly unknown[],
      returns?: ReturnKind,
    ) => {
      const answers = make(name, cases.map(argsOf), returns);
      return cases.map((each, index): [Case, () => Promise<never>] => [each, answers[index]!]);
    },
    settle: async () => {
      const answers = await Promise.allSettled(made.map(({ answer }) => answer));
      return {
        calls: made.flatMap(({ call: { result, ...call } }) =>
          result === undefined ? [] : [{ ...call, result }],
        ),
        gone: answers.some((answer) => answer.status === 'fulfilled' && isGone(answer.value)),
      };
    },
  };
  return recorder;
}

const isGone = (result: CallResult): boolean => !result.ok && SubmissionGone.isEnding(result.error);

/** Checks may sort or overwrite an answer in place: the record keeps what came. */
function cloneResult(result: CallResult): CallResult {
  return result.ok ? { ok: true, value: cloneValue(result.value) } : result;
}
