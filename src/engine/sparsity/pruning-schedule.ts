import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';

/** Whether a training step prunes, and to which sparsity. */
export interface PruningDecision {
  shouldPrune: boolean;
  /** Share of zeros, 0 … 1, as float32. */
  sparsity: number;
}

/** When a layer is pruned, and how far. One of your own that is to be saved extends tf.serialization.Serializable. */
export interface PruningSchedule {
  /** What happens at a step; training starts with step 1. */
  at(step: number): PruningDecision;
}

/** Between which steps, and how often. */
export interface PruningSteps {
  /** First step that prunes, 0 or more. */
  beginStep: number;
  /** Last step that may. */
  endStep: number;
  /** Steps from one pruning to the next. */
  frequency: number;
}

/** A schedule as a configuration holds it. @internal */
export interface ScheduleConfig extends tf.serialization.ConfigDict {
  className: string;
  config: tf.serialization.ConfigDict;
}

/** What the schedules of TFMOT have in common. @internal */
export abstract class SteppedSchedule
  extends tf.serialization.Serializable
  implements PruningSchedule
{
  readonly beginStep: number;
  readonly endStep: number;
  readonly frequency: number;

  constructor({ beginStep, endStep, frequency }: PruningSteps) {
    super();
    requireInteger('beginStep', beginStep, 0, Number.MAX_SAFE_INTEGER);
    requireInteger('endStep', endStep, -1, Number.MAX_SAFE_INTEGER);
    if (endStep !== -1 && endStep < beginStep) {
      throw new ReaderError({
        code: 'schedule-ends-before-it-begins',
        explain: `endStep must not be below beginStep; endStep is ${endStep} and beginStep is ${beginStep}.`,
        hint: 'Exchange the two.',
      });
    }
    requireInteger('frequency', frequency, 1, Number.MAX_SAFE_INTEGER);
    this.beginStep = beginStep;
    this.endStep = endStep;
    this.frequency = frequency;
  }

  /** What happens at a step. */
  at(step: number): PruningDecision {
    // −1 is where the step of a layer stands before it is trained.
    requireInteger('step', step, -1, Number.MAX_SAFE_INTEGER);
    const isInRange = step >= this.beginStep && (step <= this.endStep || this.endStep === -1);
    return {
      shouldPrune: isInRange && (step - this.beginStep) % this.frequency === 0,
      sparsity: this.sparsityAt(step),
    };
  }

  protected abstract sparsityAt(step: number): number;
}

/** A share of zeros from 0, which may be, up to 1, which may not. @internal */
export function requireSparsity(name: string, sparsity: number): void {
  if (typeof sparsity === 'number' && sparsity >= 0 && sparsity < 1) return;
  throw new ReaderError({
    code: 'sparsity-out-of-range',
    explain: `${name} must be a number from 0 up to, but not, 1; it is ${describe(sparsity)}.`,
    hint: 'It is the share of weights that become zero: 0.9 for nine in ten.',
  });
}

/** Whether a value can tell when to prune. @internal */
export function isSchedule(value: unknown): value is PruningSchedule {
  return typeof (value as PruningSchedule | null | undefined)?.at === 'function';
}

/** How a schedule is saved. @internal */
export function scheduleConfig(schedule: PruningSchedule): ScheduleConfig {
  if (schedule instanceof tf.serialization.Serializable) {
    return { className: schedule.getClassName(), config: schedule.getConfig() };
  }
  throw new ReaderError({
    code: 'pruning-schedule-not-saveable',
    explain: `The pruning schedule, ${describe(schedule)}, cannot be saved or copied with its layer.`,
    hint: 'Let its class extend tf.serialization.Serializable, with a static className and getConfig(), and call tf.serialization.registerClass with it.',
  });
}

/** The schedule that a configuration tells of. @internal */
export function scheduleFrom({ className, config }: ScheduleConfig): PruningSchedule {
  const found = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (found) {
    const [cls, fromConfig] = found;
    const schedule: unknown = fromConfig(cls, config);
    if (isSchedule(schedule)) return schedule;
  }
  throw new ReaderError({
    code: 'pruning-schedule-unknown',
    explain: `The saved layer is pruned by ${className}, a schedule that is not known here.`,
    hint: 'Call tf.serialization.registerClass with its class before the model is loaded.',
  });
}
