import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { assignVariable, assignWeights } from '../model-graph/replace-weights.ts';
import { WrappingLayer, type Variable, type WrappingArgs } from '../model-graph/wrapping-layer.ts';
import { describe } from '../numerics/arguments.ts';
import { inputChannels, maskMByN, type MByN } from './m-by-n-mask.ts';
import { maskByMagnitude, requireBlocksFit, type BlockOptions } from './magnitude-mask.ts';
import { prunableWeights, type PrunableWeight } from './prunable-weights.ts';
import {
  scheduleConfig,
  scheduleFrom,
  type PruningSchedule,
  type ScheduleConfig,
} from './pruning-schedule.ts';

/** How a layer is pruned. */
export interface LayerPruning extends Required<BlockOptions> {
  /** null: the mask stays as it is. */
  pruningSchedule: PruningSchedule | null;
  sparsityMByN: MByN | null;
}

/** A weight's values with their shape. */
export interface WeightValues {
  values: Float32Array;
  shape: number[];
}

interface WrapperArgs extends WrappingArgs, LayerPruning {
  /** What the inner layer starts with when it is built. */
  start?: WeightValues[] | undefined;
  batchInputShape?: tf.Shape;
  dtype?: tf.DataType;
}

/** A weight with what says which of it is left. */
interface MaskedWeight extends PrunableWeight {
  mask: Variable;
  threshold: Variable;
}

/** How sparse one weight of a layer is. */
export interface MaskSummary {
  weight: string;
  /** 1 − mean(mask). */
  sparsity: number;
  threshold: number;
}

/**
 * A layer whose weights are multiplied by a mask before every pass, in place: what the mask takes away is zero in the
 * variable itself, and gradients flow to it as if there were no mask. While it trains, a schedule renews the mask.
 *
 * @internal
 */
export class PruneLowMagnitude extends WrappingLayer {
  static className = 'PruneLowMagnitude';
  readonly pruning: LayerPruning;
  #start: WeightValues[] | undefined;
  #masked: MaskedWeight[] = [];
  #step: Variable | undefined;

  constructor(args: WrapperArgs) {
    const { pruningSchedule, blockSize, blockPoolingType, sparsityMByN, start, ...rest } = args;
    super({
      batchInputShape: rest.layer.batchInputShape,
      dtype: rest.layer.dtype,
      ...rest,
    } as never);
    this.pruning = { pruningSchedule, blockSize, blockPoolingType, sparsityMByN };
    this.supportsMasking = this.inner.supportsMasking;
    this.#start = start;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    super.build(inputShape);
    if (this.#start) {
      const start = this.#start;
      tf.tidy(() =>
        assignWeights(
          this.inner,
          start.map(({ values, shape }) => tf.tensor(values, shape)),
        ),
      );
      this.#start = undefined;
    }
    const weights = prunableWeights(this.inner);
    requirePrunableShapes(this.inner.name, weights, this.pruning);
    const { ones, zeros } = tf.initializers;
    const add = (name: string, shape: tf.Shape, initializer = zeros(), dtype?: tf.DataType) =>
      this.addWeight(name, shape, dtype, initializer, undefined, false);
    this.#masked = weights.map((weight) => {
      const prefix = weights.length > 1 ? `${weight.name}_` : '';
      return {
        ...weight,
        mask: add(`${prefix}mask`, weight.variable.shape, ones()),
        threshold: add(`${prefix}threshold`, []),
      };
    });
    this.#step = add('pruning_step', [], zeros(), 'int32');
    this.#setStep(-1);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    return tf.tidy(() => {
      if (kwargs?.['training'] === true) this.#advance();
      this.applyMasks();
      return this.callInner(inputs, kwargs);
    });
  }

  override computeMask(inputs: tf.Tensor | tf.Tensor[], mask?: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.inner.computeMask(inputs, mask) as tf.Tensor;
  }

  /** Assigns to each pruned weight its product with the mask. */
  applyMasks(): void {
    tf.tidy(() => {
      for (const { variable, mask } of this.#masked) {
        assignVariable(variable, tf.mul(variable.read(), mask.read()));
      }
    });
  }

  /** Training steps so far; −1 before training has begun. */
  get step(): number {
    return this.#step!.read().dataSync()[0]!;
  }

  /** Sets the step to 0 when training has not begun yet. */
  begin(): void {
    if (this.step === -1) this.#setStep(0);
  }

  /** Gives the first of the pruned weights a mask, of ones and zeros. */
  setMask(values: Float32Array): void {
    const { mask } = this.#masked[0]!;
    tf.tidy(() => assignVariable(mask, tf.tensor(values, mask.shape as number[])));
  }

  /** How sparse the masks are. */
  summaries(): MaskSummary[] {
    return this.#masked.map(({ name, mask, threshold }) => {
      const values = mask.read().dataSync();
      let kept = 0;
      for (let i = 0; i < values.length; i++) kept += values[i]!;
      return {
        weight: name,
        sparsity: 1 - kept / values.length,
        threshold: threshold.read().dataSync()[0]!,
      };
    });
  }

  /** The inner layer's weights, with what the masks take away set to 0 (and not to −0, which a product can be). */
  prunedWeights(): tf.Tensor[] {
    return this.inner.weights.map((weight) => {
      const masked = this.#masked.find(({ variable }) => variable === weight);
      if (!masked) return weight.read();
      return tf.where(masked.mask.read().cast('bool'), weight.read(), tf.zerosLike(weight.read()));
    });
  }

  protected override ownVariables(): Variable[] {
    const masks = this.#masked.flatMap(({ mask, threshold }) => [mask, threshold]);
    return this.#step ? [...masks, this.#step] : masks;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { pruningSchedule, blockSize, blockPoolingType, sparsityMByN } = this.pruning;
    return {
      ...super.getConfig(),
      pruningSchedule: pruningSchedule && scheduleConfig(pruningSchedule),
      blockSize: [...blockSize],
      blockPoolingType,
      sparsityMByN: sparsityMByN && [...sparsityMByN],
    };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const { pruningSchedule, blockPoolingType, ...rest } = config;
    return super.fromConfig(cls, {
      ...rest,
      pruningSchedule: pruningSchedule && scheduleFrom(pruningSchedule as ScheduleConfig),
      // TensorFlow.js saves texts in snake case.
      blockPoolingType: String(blockPoolingType).toUpperCase(),
    } as never);
  }

  /** One training step: counts it, and renews the masks if it is their turn. */
  #advance(): void {
    const { pruningSchedule, sparsityMByN } = this.pruning;
    if (pruningSchedule === null) return;
    const step = this.step + 1;
    if (step < 1) throw stepNotUpdated(this.inner.name);
    this.#setStep(step);
    if (sparsityMByN) {
      if (step > 1) return;
      // There is no threshold; TFMOT keeps a number as well.
      this.#renewMasks(({ values, shape }, name) => ({
        mask: maskMByN(values, shape, sparsityMByN, name),
        threshold: 0,
      }));
      return;
    }
    const { shouldPrune, sparsity } = pruningSchedule.at(step);
    if (!shouldPrune) return;
    requireScheduled(sparsity, step, this.inner.name);
    this.#renewMasks(({ values, shape }) => maskByMagnitude(values, shape, sparsity, this.pruning));
  }

  #renewMasks(
    find: (weight: WeightValues, name: string) => { mask: Float32Array; threshold: number },
  ): void {
    for (const { name, variable, mask, threshold } of this.#masked) {
      const shape = variable.shape as number[];
      const values = variable.read().dataSync() as Float32Array;
      requireFinite(values, `${name} of ${this.inner.name}`);
      const found = find({ values, shape }, `${name} of ${this.inner.name}`);
      assignVariable(mask, tf.tensor(found.mask, shape));
      assignVariable(threshold, tf.scalar(found.threshold));
    }
  }

  #setStep(step: number): void {
    tf.tidy(() => assignVariable(this.#step!, tf.scalar(step, 'int32')));
  }
}

/**
 * Blocks are for matrices, m zeros in every n for kernels of rank 2 and 4.
 *
 * @throws ReaderError `block-size-rank`, `m-by-n-rank`, naming the layer
 * @internal
 */
export function requirePrunableShapes(
  layerName: string,
  weights: readonly PrunableWeight[],
  pruning: LayerPruning,
): void {
  for (const { name, variable } of weights) {
    const shape = variable.shape as number[];
    const title = `${name} of the layer ${layerName}`;
    if (pruning.sparsityMByN) inputChannels(shape, title);
    else requireBlocksFit(title, shape, pruning);
  }
}

/** Of schedules of the reader's own; float32 can carry the ends of any a little past 0 and 1. */
function requireScheduled(sparsity: number, step: number, layerName: string): void {
  if (typeof sparsity === 'number' && sparsity > -1e-6 && sparsity < 1 + 1e-6) return;
  throw new ReaderError({
    code: 'sparsity-out-of-range',
    explain: `The pruning schedule of the layer ${layerName} gave the sparsity ${describe(sparsity)} at step ${step}.`,
    hint: 'Its at(step) must give { shouldPrune, sparsity }, a share from 0 up to 1.',
  });
}

function requireFinite(values: Float32Array, name: string): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new ReaderError({
    code: 'weights-not-finite',
    explain: `The ${name} holds ${String(values[bad])} at position ${bad}; its magnitudes have no order.`,
    hint: 'Training went astray: lower the learning rate and train again.',
  });
}

function stepNotUpdated(layerName: string): ReaderError {
  return new ReaderError({
    code: 'pruning-step-not-updated',
    explain: `The layer ${layerName} is pruned while it trains, and nothing counts its steps.`,
    hint: 'Pass the callback: model.fit(x, y, { callbacks: [new sparsity.UpdatePruningStep()] }). In a loop of your own call its setModel(model) and onTrainBegin() before the first batch.',
  });
}

tf.serialization.registerClass(PruneLowMagnitude as never);
