import { dequantize } from '../../numerics/dequantize.ts';
import { decodeFloat16 } from '../../numerics/float16.ts';
import type { AnyQuantizationParams } from '../../numerics/quantization-params.ts';
import { quantize } from '../../numerics/quantize.ts';
import type { GraphTensor } from '../graph.ts';
import type { Kernel, OperatorSite } from '../operator-site.ts';
import { prepareRequantize } from './elementwise.ts';

/** QUANTIZE: q = clamp(round(x/s) + z) from floats, or from integers of another scale. @internal */
export function prepareQuantize(site: OperatorSite): Kernel {
  site.requireType(site.output, 'int8', 'int16');
  site.requireSameSize();
  if (site.input(0).type !== 'float32') {
    site.requireType(site.input(0), 'int8', 'int16');
    return prepareRequantize(site);
  }
  const numBits = site.output.type === 'int16' ? 16 : 8;
  const params = { ...site.scaleOf(site.output), numBits, signed: true };
  const source = site.data(0) as Float32Array;
  const out = site.outputData as Int8Array | Int16Array;
  return () => out.set(quantize(source, params));
}

/** DEQUANTIZE: x = s·(q − z), or a float16 as float32. What is constant is computed once. @internal */
export function prepareDequantize(site: OperatorSite): Kernel {
  site.requireType(site.output, 'float32');
  site.requireSameSize();
  const tensor = site.input(0);
  site.requireType(tensor, 'int4', 'int8', 'int16', 'float16');
  const out = site.outputData as Float32Array;
  const source = site.data(0);
  const compute = (): void => {
    if (tensor.type === 'float16') out.set(decodeFloat16(source as Uint16Array));
    else out.set(dequantize(source as Int8Array | Int16Array, paramsOf(site, tensor)));
  };
  if (!tensor.data) return compute;
  compute();
  return () => undefined;
}

function paramsOf(site: OperatorSite, tensor: GraphTensor): AnyQuantizationParams {
  const { scales, zeroPoints, axis, groupSize } = site.quantizationOf(tensor);
  const range = { signed: true, ...rangeOf(tensor) };
  if (scales.length === 1 && groupSize === undefined) {
    return { scale: scales[0]!, zeroPoint: zeroPoints[0]!, ...range };
  }
  return {
    scales: Array.from(scales),
    zeroPoints: Array.from(zeroPoints),
    axis,
    shape: [...tensor.shape],
    ...(groupSize === undefined ? {} : { groupSize }),
    ...range,
  };
}

const rangeOf = ({ type }: GraphTensor): { qmin: number; qmax: number; numBits: number } => {
  const numBits = type === 'int16' ? 16 : type === 'int4' ? 4 : 8;
  return { numBits, qmin: -(2 ** (numBits - 1)), qmax: 2 ** (numBits - 1) - 1 };
};
