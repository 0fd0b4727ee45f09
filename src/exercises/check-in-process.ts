import * as engine from '../engine/index.ts';
import { decodePlain, encodePlain } from '../runtime/plain.ts';
import type { CallResult, CheckReport, CheckRequest, JudgeRequest } from '../runtime/protocol.ts';
import { compileOnce } from '../runtime/realm/compile-cache.ts';
import { evaluateModule } from '../runtime/realm/evaluate.ts';
import type { EvaluateScript } from '../runtime/realm/evaluate.ts';
import { inTurn } from '../shared/in-turn.ts';
import { ReaderError } from '../shared/reader-error.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import { judge } from './judge.ts';
import * as kit from './kit/index.ts';

/** `(0, eval)` compiles in the global scope, as the realms do. */
const evaluateScript: EvaluateScript = (text, url) => (0, eval)(`${text}\n//# sourceURL=${url}`);

const modules = {
  'heavy-weights': engine,
  '@tensorflow/tfjs': engine.tf,
  'heavy-weights/checks': kit,
};

/**
 * Checks a program that is our own, in this process: no realm, no time limit, no protection. For tests
 * of the judge, and for the many small programs that verification tries on each exercise; a reader's
 * program is only ever checked in the sandbox.
 */
export async function checkInProcess(request: CheckRequest): Promise<CheckReport> {
  const { code, ...rest } = request;
  const evaluate = (text: string, name: string): Promise<Record<string, unknown>> =>
    evaluateModule(compileOnce(text, { showLast: false }), { name, modules, evaluateScript });
  const submission = await evaluate(code, 'submission');
  const exports = Object.keys(submission).filter((name) => typeof submission[name] === 'function');
  const payload: JudgeRequest = { ...rest, exports };
  const queue = inTurn();
  const report = await judge(payload, {
    evaluate,
    callEach: (name, each) =>
      each.map((args) => queue(() => callBetween(submission[name], name, args))),
  });
  return report as CheckReport;
}

/** Arguments and answer are encoded and decoded, as between realms. */
async function callBetween(entry: unknown, name: string, args: unknown[]): Promise<CallResult> {
  try {
    const sent = (await decodePlain(await encodePlain(args, 'the arguments'))) as unknown[];
    const answer: unknown = await (entry as (...args: unknown[]) => unknown)(...sent);
    return {
      ok: true,
      value: await decodePlain(await encodePlain(answer, `what ${name} returned`)),
    };
  } catch (error) {
    return { ok: false, error: toData(error) };
  }
}

function toData(error: unknown): ReaderErrorData {
  if (error instanceof ReaderError) return error.toData();
  return { code: 'threw', explain: error instanceof Error ? error.message : String(error) };
}
