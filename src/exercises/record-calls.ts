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

/** The `call` that checks are given, and the calls made through it, oldest first. */
export interface CallRecorder {
  call: CheckTools['call'];
  calls: RecordedCall[];
  /** The call made last, answered or not: the one a failed check speaks of. */
  last: { name: string; args: unknown[] } | undefined;
}

/** Wraps the realm's `call`: records a copy of each call, throws the reader's errors, asks for kinds. */
export function recordCalls(context: Pick<TaskContext, 'call'>): CallRecorder {
  const recorder: CallRecorder = {
    calls: [],
    last: undefined,
    call: async (name: string, args: readonly unknown[], returns?: ReturnKind): Promise<never> => {
      const copy = args.map(cloneValue);
      recorder.last = { name, args: copy };
      const result = await context.call(name, copy);
      if (!result.ok && SubmissionGone.isEnding(result.error)) {
        throw new SubmissionGone(name, result.error);
      }
      recorder.calls.push({ name, args: copy, result: cloneResult(result) });
      if (!result.ok) throw new CallError(name, result.error);
      if (returns !== undefined) {
        countExpectation();
        requireKind(name, result.value, returns);
      }
      return result.value as never;
    },
  };
  return recorder;
}

/** Checks may sort or overwrite an answer in place: the record keeps what came. */
function cloneResult(result: CallResult): CallResult {
  return result.ok ? { ok: true, value: cloneValue(result.value) } : result;
}
