import { roundHalfAway } from '../../numerics/round-half-away.ts';
import type { FusedActivation, GraphTensor } from '../graph.ts';
import type { OperatorSite } from '../operator-site.ts';

/** Between which values an output is kept. */
export interface ActivationRange {
  low: number;
  high: number;
}

const REAL: Record<FusedActivation, ActivationRange> = {
  NONE: { low: -Infinity, high: Infinity },
  RELU: { low: 0, high: Infinity },
  RELU_N1_TO_1: { low: -1, high: 1 },
  RELU6: { low: 0, high: 6 },
};

/** The integers of an activation type. @internal */
export function integersOf(tensor: GraphTensor): ActivationRange {
  return tensor.type === 'int16' ? { low: -32768, high: 32767 } : { low: -128, high: 127 };
}

/**
 * The range of a fused activation: real numbers for float32, else integers:
 * max(qmin, z + round(low/s)) … min(qmax, z + round(high/s)).
 *
 * @see `CalculateActivationRangeQuantized`, tensorflow/lite/kernels/kernel_util.cc
 * @internal
 */
export function activationRange(site: OperatorSite, activation: FusedActivation): ActivationRange {
  const { output } = site;
  const real = REAL[activation];
  if (output.type === 'float32') return real;
  const { low, high } = integersOf(output);
  const { scale, zeroPoint } = site.scaleOf(output);
  const toInteger = (value: number): number =>
    zeroPoint + roundHalfAway(Math.fround(value / scale));
  return {
    low: real.low === -Infinity ? low : Math.max(low, toInteger(real.low)),
    high: real.high === Infinity ? high : Math.min(high, toInteger(real.high)),
  };
}
