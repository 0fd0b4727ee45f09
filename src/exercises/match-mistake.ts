import type { CallResult, MistakeSource, TaskContext } from '../runtime/protocol.ts';
import { cloneValue } from './clone-value.ts';
import { firstDifference, within } from './kit/compare.ts';
import type { RecordedCall } from './record-calls.ts';

/** Two programs that compute the same thing in another order of operations differ by less than this. */
const sameAnswer = within(0, 1e-9);

/**
 * The first known mistake that answers every recorded call as the submission did. It must be one whose
 * named check failed: a program that passes that check cannot have made it.
 */
export async function matchMistake(
  mistakes: readonly MistakeSource[],
  calls: readonly RecordedCall[],
  failedChecks: ReadonlySet<string>,
  evaluate: TaskContext['evaluate'],
): Promise<{ name: string; advice: string } | undefined> {
  if (calls.length === 0) return undefined;
  for (const { name, fails, advice, code } of mistakes) {
    if (!failedChecks.has(fails)) continue;
    const program = await evaluate(code, `mistakes/${name}.ts`);
    if (await answersAlike(program, calls)) return { name, advice };
  }
  return undefined;
}

async function answersAlike(
  program: Record<string, unknown>,
  calls: readonly RecordedCall[],
): Promise<boolean> {
  for (const { name, args, result } of calls) {
    const answer = await answerOf(program[name], args);
    if (!sameResult(answer, result)) return false;
  }
  return true;
}

async function answerOf(entry: unknown, args: unknown[]): Promise<CallResult> {
  if (typeof entry !== 'function') return thrown;
  try {
    return { ok: true, value: await entry(...args.map(cloneValue)) };
  } catch {
    return thrown;
  }
}

/** That it threw is compared, not what: a reader words errors freely. */
const thrown: CallResult = { ok: false, error: { code: 'threw', explain: 'It threw.' } };

function sameResult(one: CallResult, other: CallResult): boolean {
  if (!one.ok || !other.ok) return one.ok === other.ok;
  return firstDifference(one.value, other.value, sameAnswer) === undefined;
}
