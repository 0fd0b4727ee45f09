import type { GraphTensor } from '../../graph/graph.ts';
import { codesForScales, type QuantizedKernel } from '../quantize-weights.ts';

const INT32_MAX = 2 ** 31 - 1;

/**
 * Biases as integers at s_in·s_w, one scale for each scale of the weights.
 * @internal
 */
export function quantizeBias(
  bias: Float32Array,
  weightScales: Float32Array,
  inScale: number,
  type: 'int32' | 'int64',
): Pick<GraphTensor, 'type' | 'data' | 'quantization'> {
  const scales = weightScales.map((scale) => inScale * scale);
  const at = (c: number): number => scales[scales.length === 1 ? 0 : c]!;
  const codes = Array.from(bias, (value, c) => {
    const q = Math.round(value / at(c));
    return type === 'int64' ? q : Math.max(-INT32_MAX, Math.min(INT32_MAX, q));
  });
  return {
    type,
    data: type === 'int64' ? BigInt64Array.from(codes, BigInt) : Int32Array.from(codes),
    quantization: { scales, zeroPoints: new Int32Array(scales.length), axis: 0 },
  };
}

/**
 * Makes the scale of weights wider where the bias would not fit int32 at s_in·s_w:
 * |b| ≥ ½·s_in·s_w·(2³¹ − 1) makes s_w = 2|b|/(s_in·(2³¹ − 1)). Weights as small as that, all but zero, occur after pruning.
 *
 * @see `AdjustWeightsForBiasScale`, tensorflow/lite/tools/optimize/quantization_utils.cc
 * @internal
 */
export function widenForBias(
  kernel: QuantizedKernel,
  values: Float32Array,
  channels: number,
  bias: Float32Array,
  inScale: number,
): QuantizedKernel {
  const scales = kernel.scales.slice();
  bias.forEach((value, c) => {
    const at = scales.length === 1 ? 0 : c;
    const magnitude = Math.abs(value);
    if (magnitude >= 0.5 * inScale * scales[at]! * INT32_MAX) {
      scales[at] = (2 * magnitude) / (inScale * INT32_MAX);
    }
  });
  if (scales.every((scale, i) => scale === kernel.scales[i])) return kernel;
  const widened = { ...kernel, scales };
  return { ...widened, codes: codesForScales(values, channels, widened) };
}
