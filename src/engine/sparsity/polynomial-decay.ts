import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { requireNumber } from '../numerics/arguments.ts';
import { requireKnownOptions } from './known-options.ts';
import { requireSparsity, SteppedSchedule, type PruningSteps } from './pruning-schedule.ts';

/** From one sparsity to another. */
export interface PolynomialDecayOptions {
  /** Share of zeros at beginStep, 0 up to, but not, 1. */
  initialSparsity: number;
  /** Share of zeros at endStep, 0 up to, but not, 1. */
  finalSparsity: number;
  /** First step that prunes, 0 or more. */
  beginStep: number;
  /** Last step that may prune, at which finalSparsity is reached. */
  endStep: number;
  /** How fast it goes at first and how slowly at last; 3 unless told. */
  power?: number;
  /** Steps from one pruning to the next; 100 unless told. */
  frequency?: number;
}

const OPTIONS = ['initialSparsity', 'finalSparsity', 'beginStep', 'endStep', 'power', 'frequency'];

/**
 * Prunes further and further: fast at first, while many weights can be spared, and ever more slowly.
 *
 * p = clamp((step − beginStep)/(endStep − beginStep), 0, 1), s = finalSparsity + (initialSparsity −
 * finalSparsity)·(1 − p)^power, in float32; a step prunes when beginStep ≤ step ≤ endStep and step − beginStep is a
 * multiple of frequency. finalSparsity is reached when endStep − beginStep is one too.
 *
 * `new PolynomialDecay(options)` takes @param options - `initialSparsity` and `finalSparsity` in [0, 1), `beginStep`,
 * `endStep`, `power` (3 unless told), `frequency` (100 unless told); `at(step)` gives `{shouldPrune, sparsity}`.
 *
 * @throws ReaderError `sparsity-out-of-range`, `schedule-has-no-end`, `schedule-ends-before-it-begins`,
 *   `not-an-integer-in-range`, `not-a-finite-number`, `power-negative`, `options-not-an-object`, `option-unknown`
 * @example
 * ```ts
 * import { sparsity } from 'heavy-weights';
 *
 * const schedule = new sparsity.PolynomialDecay({
 *   initialSparsity: 0.2,
 *   finalSparsity: 0.8,
 *   beginStep: 100,
 *   endStep: 110,
 *   frequency: 5,
 * });
 * console.log([100, 105, 110].map((step) => schedule.at(step).sparsity.toFixed(3)).join(' ')); // 0.200 0.725 0.800
 * console.log(schedule.at(105).shouldPrune, schedule.at(107).shouldPrune); // true false
 * ```
 * @see M. Zhu, S. Gupta, "To prune, or not to prune", arXiv:1710.01878, 2017; `PolynomialDecay`,
 *   tensorflow_model_optimization/python/core/sparsity/keras/pruning_schedule.py
 */
export class PolynomialDecay extends SteppedSchedule {
  static className = 'PolynomialDecay';
  readonly initialSparsity: number;
  readonly finalSparsity: number;
  readonly power: number;

  constructor(options: PolynomialDecayOptions) {
    super(readSteps(options));
    const { initialSparsity, finalSparsity, power = 3 } = options;
    requireSparsity('initialSparsity', initialSparsity);
    requireSparsity('finalSparsity', finalSparsity);
    requireNumber('power', power);
    if (power < 0) {
      throw new ReaderError({
        code: 'power-negative',
        explain: `power must not be negative; it is ${power}.`,
        hint: '1 goes in a straight line; 3 prunes fast at first and slowly at last.',
      });
    }
    this.initialSparsity = initialSparsity;
    this.finalSparsity = finalSparsity;
    this.power = power;
  }

  protected override sparsityAt(step: number): number {
    const { fround } = Math;
    const { initialSparsity, finalSparsity, beginStep, endStep, power } = this;
    const steps = endStep - beginStep;
    const passed = fround(step - beginStep);
    // With no steps between the two there is nothing to divide by: all is done at once.
    const share = steps > 0 ? fround(passed / fround(steps)) : Number(passed >= 0);
    const left = fround(1 - Math.min(1, Math.max(0, share)));
    const decay = fround(left ** power);
    const more = fround(fround(initialSparsity - finalSparsity) * decay);
    return fround(more + fround(finalSparsity));
  }

  getConfig(): tf.serialization.ConfigDict {
    const { initialSparsity, finalSparsity, beginStep, endStep, power, frequency } = this;
    return { initialSparsity, finalSparsity, beginStep, endStep, power, frequency };
  }
}

function readSteps(options: PolynomialDecayOptions): PruningSteps {
  requireKnownOptions(
    'PolynomialDecay',
    options,
    OPTIONS,
    'new PolynomialDecay({ initialSparsity: 0.2, finalSparsity: 0.8, beginStep: 0, endStep: 1000 })',
  );
  const { beginStep, endStep, frequency = 100 } = options;
  if (endStep === -1) {
    throw new ReaderError({
      code: 'schedule-has-no-end',
      explain: 'endStep cannot be -1: PolynomialDecay reaches finalSparsity there.',
      hint: 'Give the step at which training is to have pruned all, or take ConstantSparsity.',
    });
  }
  return { beginStep, endStep, frequency };
}

tf.serialization.registerClass(PolynomialDecay as never);
