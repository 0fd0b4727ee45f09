import type * as tf from '@tensorflow/tfjs';
import type { numerics } from '../../engine/index.ts';
import type { MeasureName } from '../../shared/measures.ts';
import type { Rng } from '../../shared/rng.ts';
import type { Answer, ReturnKind } from './returns.ts';

/** What a check is given. */
export interface CheckTools {
  /**
   * Calls an exported function of the submission in its own realm: values cross as plain data, copied.
   * With `returns` the answer must be of that kind, or the check fails and says what came instead.
   * A call that throws fails the check; see `expectThrows` for when it should.
   */
  call<const K extends ReturnKind>(
    name: string,
    args: readonly unknown[],
    returns: K,
  ): Promise<Answer<K>>;
  call(name: string, args: readonly unknown[]): Promise<unknown>;
  /**
   * Calls an exported function once for each case, in their order, and waits for no answer before it asks the next: many
   * small calls take a fraction of the time. Each case comes with the way to its answer, which `call` would have given.
   *
   * @example
   * ```ts
   * const bits = [2, 4, 8];
   * for (const [each, answer] of callEach('levels', bits, (count) => [count], 'integer')) {
   *   expectEqual(await answer(), 2 ** each);
   * }
   * ```
   */
  callEach<Case, const K extends ReturnKind>(
    name: string,
    cases: readonly Case[],
    argsOf: (each: Case) => readonly unknown[],
    returns: K,
  ): [Case, () => Promise<Answer<K>>][];
  callEach<Case>(
    name: string,
    cases: readonly Case[],
    argsOf: (each: Case) => readonly unknown[],
  ): [Case, () => Promise<unknown>][];
  /**
   * Keeps a number with the result, whether the check passes or not: an exercise with `budgets` ranks the reader's
   * attempts by them. Measured again, the last value counts.
   */
  measure(name: MeasureName, value: number): void;
  /** Random inputs, seeded by the run's seed and the check's id: the same for the same seed, in any order. */
  rng: Rng;
  tf: typeof tf;
  numerics: typeof numerics;
}

/** One named check of an exercise. */
export interface Check {
  /** Stable within the exercise; known mistakes name it. */
  id: string;
  /** What the reader sees: a statement that holds when the check passes. */
  name: string;
  run: (tools: CheckTools) => Promise<void>;
}

/**
 * A check on what the submission does: never on its text, never on its time.
 *
 * @param id kebab-case, unique in the exercise
 * @param name a statement that holds when it passes, such as "The range always contains zero"
 */
export function check(id: string, name: string, run: Check['run']): Check {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new Error(`The id of a check must be kebab-case; "${id}" is not.`);
  }
  if (name.trim() === '') throw new Error(`The check "${id}" has no name.`);
  return { id, name, run };
}

/** The checks of an exercise, in the order in which they run and are shown. */
export function defineChecks(checks: Check[]): Check[] {
  if (checks.length === 0) throw new Error('An exercise needs at least one check.');
  const twice = checks.find((one, i) => checks.findIndex(({ id }) => id === one.id) !== i);
  if (twice) throw new Error(`Two checks have the id "${twice.id}".`);
  return checks;
}
