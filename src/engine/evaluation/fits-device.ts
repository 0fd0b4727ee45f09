import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import type { Graph } from '../graph/graph.ts';
import { describe } from '../numerics/arguments.ts';
import type { QuantizedModel } from '../quantization/quantized-model.ts';
import { bytesOf, graphOf } from './model-cost.ts';

/** Memory of a device, in bytes. */
export interface Device {
  /** Where the weights lie. */
  flash: number;
  /** Where activations lie while the network runs. */
  ram: number;
}

/** Whether a network fits, and what it takes. */
export interface DeviceFit {
  fits: boolean;
  /** Weights, biases and scales; the file has some hundred bytes a layer more. */
  flashBytes: number;
  /** The arena that holds all activations. */
  ramBytes: number;
  /** What is written when the most memory is taken. */
  peakAt: string;
  /** Empty, or what does not fit and by how much. */
  problem: string;
}

/** Tensors begin at multiples of this. */
const ALIGNMENT = 16;

interface Tenant {
  name: string;
  size: number;
  first: number;
  last: number;
}

/**
 * Estimates whether a network fits a microcontroller: weights in flash, activations in RAM.
 *
 * A tensor takes memory from the operator that writes it to the last that reads it; tensors that are not there at the
 * same time can share it. Places are given as TFLite Micro's greedy planner does: the largest tensor first, each at
 * the lowest place that is free all the time it is there. The interpreter's own memory, some kilobytes, is not in it.
 *
 * @param model - a model of TensorFlow.js, as it would be in float32, or a {@link QuantizedModel}
 * @param device - `flash` and `ram` in bytes
 * @returns `{fits, flashBytes, ramBytes, peakAt, problem}`
 * @throws ReaderError `not-positive`, `layer-unsupported`, and those of models that cannot be read
 * @example
 * ```ts
 * import { evaluation, tf } from 'heavy-weights';
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 100, inputShape: [784] })] });
 * const { fits, flashBytes, ramBytes } = evaluation.fitsDevice(model, { flash: 256 * 1024, ram: 64 * 1024 });
 * console.log(fits, flashBytes, ramBytes); // false 314000 3536
 * ```
 * @see `GreedyMemoryPlanner`, tensorflow/lite/micro/memory_planner/greedy_memory_planner.h
 */
export function fitsDevice(model: tf.LayersModel | QuantizedModel, device: Device): DeviceFit {
  const { flash, ram } = (device ?? {}) as Partial<Device>;
  for (const [name, value] of Object.entries({ flash, ram })) {
    if (typeof value === 'number' && value > 0) continue;
    throw new ReaderError({
      code: 'not-positive',
      explain: `${name} must be a positive number of bytes; it is ${describe(value)}.`,
    });
  }
  const graph = graphOf(model);
  const flashBytes = graph.tensors.reduce((sum, tensor) => {
    if (!tensor.data) return sum;
    const scales = tensor.quantization?.scales.length ?? 0;
    return sum + bytesOf(tensor) + 4 * scales;
  }, 0);
  const { ramBytes, peakAt } = planArena(graph);
  const problems = [
    flashBytes > flash! ? `weights take ${flashBytes - flash!} bytes more than the flash has` : '',
    ramBytes > ram! ? `activations take ${ramBytes - ram!} bytes more than the RAM has` : '',
  ].filter(Boolean);
  return {
    fits: problems.length === 0,
    flashBytes,
    ramBytes,
    peakAt,
    problem: problems.join('; '),
  };
}

function planArena(graph: Graph): { ramBytes: number; peakAt: string } {
  const tenants = tenantsOf(graph).toSorted((a, b) => b.size - a.size || a.first - b.first);
  const placed: (Tenant & { offset: number })[] = [];
  for (const tenant of tenants) {
    const neighbours = placed
      .filter(({ first, last }) => first <= tenant.last && tenant.first <= last)
      .toSorted((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const other of neighbours) {
      if (offset + tenant.size <= other.offset) break;
      offset = Math.max(offset, other.offset + other.size);
    }
    placed.push({ ...tenant, offset });
  }
  const top = placed.reduce((best, each) =>
    each.offset + each.size > best.offset + best.size ? each : best,
  );
  return { ramBytes: top.offset + top.size, peakAt: top.name };
}

/** Each tensor that is computed, and from when to when it is needed. */
function tenantsOf({ tensors, operators, inputs, outputs }: Graph): Tenant[] {
  return tensors.flatMap((tensor, index): Tenant[] => {
    if (tensor.data) return [];
    const written = operators.findIndex(({ output }) => output === index);
    const read = operators.findLastIndex((operator) => operator.inputs.includes(index));
    const first = inputs.includes(index) ? 0 : written;
    const last = outputs.includes(index) ? operators.length : read;
    const size = Math.ceil(bytesOf(tensor) / ALIGNMENT) * ALIGNMENT;
    return first < 0 ? [] : [{ name: tensor.name, size, first, last: Math.max(first, last) }];
  });
}
