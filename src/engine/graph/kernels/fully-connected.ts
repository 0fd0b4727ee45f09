import type { OperatorOptions } from '../graph.ts';
import { sizeOf, type Kernel, type OperatorSite } from '../operator-site.ts';
import { quantizeOnTheFly } from './hybrid-input.ts';
import { multiplyFloats, multiplyIntegers } from './matrix-product.ts';
import { floatStage, hybridStage, int16Stage, int8Stage } from './output-stage.ts';

/**
 * FULLY_CONNECTED: y[b, o] = act(Σ x[b, i]·w[o, i] + bias[o]); weights [out, in].
 *
 * @see reference_integer_ops::FullyConnected, tensorflow/lite/kernels/internal/reference/integer_ops/fully_connected.h
 * @internal
 */
export function prepareFullyConnected(
  site: OperatorSite,
  { activation }: OperatorOptions['FULLY_CONNECTED'],
): Kernel {
  const weightTensor = site.input(1);
  const [n, k] = weightTensor.shape as [number, number];
  const rows = sizeOf(site.input(0).shape) / k;
  if (weightTensor.shape.length !== 2 || sizeOf(site.output.shape) !== rows * n) {
    throw site.shapesError(
      `its weights have the shape [${weightTensor.shape.join(', ')}], its data [${site.input(0).shape.join(', ')}] and its output [${site.output.shape.join(', ')}]`,
    );
  }
  const input = site.input(0).type;
  const output = site.output.type;
  const stage = { channels: n, activation, productInFloat32: true };

  if (input === 'int8' && output === 'int8') {
    site.requireType(weightTensor, 'int8', 'int4');
    const source = site.data(0) as Int8Array;
    const weights = site.constant(1) as Int8Array;
    const { zeroPoint } = site.scaleOf(site.input(0));
    const values = new Int16Array(rows * k);
    const sums = new Int32Array(rows * n);
    const finish = int8Stage(site, stage);
    return () => {
      for (let i = 0; i < values.length; i++) values[i] = source[i]! - zeroPoint;
      multiplyIntegers(values, weights, sums, rows, n, k);
      finish(sums, rows, 0);
    };
  }
  if (input === 'float32' && output === 'float32' && weightTensor.type !== 'float32') {
    site.requireType(weightTensor, 'int8', 'int4');
    const floats = site.data(0) as Float32Array;
    const weights = site.constant(1) as Int8Array;
    const values = new Int16Array(k);
    const sums = new Int32Array(n);
    const finish = hybridStage(site, n, activation);
    return () => {
      for (let row = 0; row < rows; row++) {
        const scale = quantizeOnTheFly(floats, row * k, k, values);
        multiplyIntegers(values, weights, sums, 1, n, k);
        finish(sums, 1, row * n, scale);
      }
    };
  }
  const sums = new Float64Array(rows * n);
  if (input === 'int16' && weightTensor.type === 'int8' && output === 'int16') {
    const source = site.data(0) as Int16Array;
    const weights = Float32Array.from(site.constant(1) as Int8Array);
    const values = new Float32Array(rows * k);
    const finish = int16Stage(site, stage);
    return () => {
      values.set(source);
      multiplyFloats(values, weights, sums, rows, n, k);
      finish(sums, rows, 0);
    };
  }
  if (input !== 'float32' || output !== 'float32') throw site.typesError();
  const source = site.data(0) as Float32Array;
  const weights = site.data(1) as Float32Array;
  const finish = floatStage(site, n, activation);
  return () => {
    multiplyFloats(source, weights, sums, rows, n, k);
    finish(sums, rows, 0);
  };
}
