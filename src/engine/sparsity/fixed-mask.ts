import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { cloneModel } from '../model-graph/clone-model.ts';
import { prunableWeights, pruningOf } from './prunable-weights.ts';
import { allLayers } from './pruned-layers.ts';
import { PruneLowMagnitude } from './pruning-wrapper.ts';
import { wrappedClone } from './wrap-for-pruning.ts';

/**
 * A copy of a model in which the layers named keep the given zeros for ever: before every pass the kernel is
 * multiplied by the mask, and no callback is needed. `stripPruning` unwraps it.
 *
 * @param model - a built model, not yet pruned; it is left as it is
 * @param masks - for each layer's name a mask of ones and zeros, as long as its kernel
 * @throws ReaderError `layer-unknown`, `layer-unsupported`, `mask-length`, `mask-not-binary`, `model-pruned-already`,
 *   and those of models that cannot be read
 * @internal
 */
export function withFixedMask(
  model: tf.LayersModel,
  masks: ReadonlyMap<string, Float32Array>,
): tf.LayersModel {
  const unmet = new Set(masks.keys());
  const clone = cloneModel(model, (layer) => {
    const mask = masks.get(layer.name);
    if (!mask) return undefined;
    unmet.delete(layer.name);
    requireMask(layer, mask);
    const pruning = {
      pruningSchedule: null,
      blockSize: [1, 1],
      blockPoolingType: 'AVG',
      sparsityMByN: null,
    } as const;
    return wrappedClone(layer, pruning, (wrapper) => {
      wrapper.setMask(mask);
      wrapper.applyMasks();
    });
  });
  const [unknown] = unmet;
  if (unknown === undefined) return clone;
  clone.dispose();
  throw new ReaderError({
    code: 'layer-unknown',
    explain: `The model has no layer ${unknown}.`,
    elaborate: `Its layers are ${allLayers(model)
      .map(({ name }) => name)
      .join(', ')}.`,
  });
}

function requireMask(layer: tf.layers.Layer, mask: Float32Array): void {
  if (layer instanceof PruneLowMagnitude) {
    throw new ReaderError({
      code: 'model-pruned-already',
      explain: `The layer ${layer.name} is wrapped for pruning already.`,
      hint: 'Call stripPruning first.',
    });
  }
  const [weight, ...others] = pruningOf(layer) === 'prunes' ? prunableWeights(layer) : [];
  if (!weight || others.length > 0) {
    throw new ReaderError({
      code: 'layer-unsupported',
      explain: `The layer ${layer.name} (${layer.getClassName()}) has not one kernel that can be masked.`,
      hint: 'Masks are for layers such as Dense and Conv2D.',
    });
  }
  const size = (weight.variable.shape as number[]).reduce((product, each) => product * each, 1);
  if (mask.length !== size) {
    throw new ReaderError({
      code: 'mask-length',
      explain: `The mask of ${layer.name} has ${mask.length} values; its ${weight.name} has ${size}.`,
    });
  }
  const bad = mask.findIndex((value) => value !== 0 && value !== 1);
  if (bad < 0) return;
  throw new ReaderError({
    code: 'mask-not-binary',
    explain: `The mask of ${layer.name} must hold ones and zeros; it holds ${mask[bad]} at position ${bad}.`,
  });
}
