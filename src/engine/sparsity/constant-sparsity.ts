import * as tf from '@tensorflow/tfjs';
import { requireKnownOptions } from './known-options.ts';
import { requireSparsity, SteppedSchedule, type PruningSteps } from './pruning-schedule.ts';

/** One sparsity, from a step on. */
export interface ConstantSparsityOptions {
  /** Share of zeros, 0 up to, but not, 1. */
  targetSparsity: number;
  /** First step that prunes, 0 or more. */
  beginStep: number;
  /** Last step that may prune; −1, unless told, prunes for ever. */
  endStep?: number;
  /** Steps from one pruning to the next; 100 unless told. */
  frequency?: number;
}

const OPTIONS = ['targetSparsity', 'beginStep', 'endStep', 'frequency'];

/**
 * Prunes to one and the same sparsity, now and then.
 *
 * s = targetSparsity; a step prunes when beginStep ≤ step ≤ endStep (−1: for ever) and step − beginStep is a multiple
 * of frequency. Training starts with step 1: with beginStep 0 and frequency 100 the first pruning is at step 100.
 *
 * `new ConstantSparsity(options)` takes @param options - `targetSparsity` in [0, 1), `beginStep`, `endStep` (−1 unless
 * told), `frequency` (100 unless told); `at(step)` gives `{shouldPrune, sparsity}`.
 *
 * @throws ReaderError `sparsity-out-of-range`, `not-an-integer-in-range`, `schedule-ends-before-it-begins`,
 *   `options-not-an-object`, `option-unknown`
 * @example
 * ```ts
 * import { sparsity } from 'heavy-weights';
 *
 * const schedule = new sparsity.ConstantSparsity({ targetSparsity: 0.5, beginStep: 200, frequency: 10 });
 * console.log(schedule.at(199).shouldPrune, schedule.at(200).shouldPrune); // false true
 * console.log(schedule.at(205).shouldPrune, schedule.at(205).sparsity); // false 0.5
 * ```
 * @see `ConstantSparsity`, tensorflow_model_optimization/python/core/sparsity/keras/pruning_schedule.py
 */
export class ConstantSparsity extends SteppedSchedule {
  static className = 'ConstantSparsity';
  readonly targetSparsity: number;

  constructor(options: ConstantSparsityOptions) {
    super(readSteps(options));
    requireSparsity('targetSparsity', options.targetSparsity);
    this.targetSparsity = options.targetSparsity;
  }

  protected override sparsityAt(): number {
    return Math.fround(this.targetSparsity);
  }

  getConfig(): tf.serialization.ConfigDict {
    const { targetSparsity, beginStep, endStep, frequency } = this;
    return { targetSparsity, beginStep, endStep, frequency };
  }
}

function readSteps(options: ConstantSparsityOptions): PruningSteps {
  requireKnownOptions(
    'ConstantSparsity',
    options,
    OPTIONS,
    'new ConstantSparsity({ targetSparsity: 0.5, beginStep: 0 })',
  );
  const { beginStep, endStep = -1, frequency = 100 } = options;
  return { beginStep, endStep, frequency };
}

tf.serialization.registerClass(ConstantSparsity as never);
