import type { OperatorOptions } from '../graph.ts';
import type { Kernel, OperatorSite } from '../operator-site.ts';
import { quantizeOnTheFly } from './hybrid-input.ts';
import { multiplyFloats, multiplyIntegers } from './matrix-product.ts';
import { floatStage, hybridStage, int16Stage, int8Stage } from './output-stage.ts';
import { makePatchCopier } from './patches.ts';
import { slidingWindow } from './window.ts';

/**
 * CONV_2D: y[b, i, j, o] = act(Σ x[b, i·s + k·d, …, c]·w[o, k…, c] + bias[o]), row by row of the output as a
 * product of patches and filters.
 *
 * @see reference_integer_ops::ConvPerChannel, tensorflow/lite/kernels/internal/reference/integer_ops/conv.h
 * @internal
 */
export function prepareConvolution(
  site: OperatorSite,
  options: OperatorOptions['CONV_2D'],
): Kernel {
  const filter = site.input(1);
  const [channels, height, width, depth] = filter.shape as [number, number, number, number];
  const window = slidingWindow(site, height, width, options);
  const { batch, outHeight, outWidth } = window;
  if (depth !== window.channels || site.output.shape[3] !== channels) {
    throw site.shapesError(
      `its filter has the shape [${filter.shape.join(', ')}] and its data ${window.channels} channels`,
    );
  }
  const k = height * width * depth;
  const rowSize = outWidth * channels;
  const { activation } = options;
  const input = site.input(0).type;
  const eachRow = (run: (image: number, row: number, start: number) => void): void => {
    for (let image = 0, start = 0; image < batch; image++) {
      for (let row = 0; row < outHeight; row++, start += rowSize) run(image, row, start);
    }
  };

  if (input === 'int8' && site.output.type === 'int8') {
    site.requireType(filter, 'int8', 'int4');
    const weights = site.constant(1) as Int8Array;
    const patches = new Int16Array(outWidth * k);
    const sums = new Int32Array(rowSize);
    const { zeroPoint } = site.scaleOf(site.input(0));
    const copy = makePatchCopier(window, site.data(0) as Int8Array, patches, -zeroPoint);
    const finish = int8Stage(site, { channels, activation, productInFloat32: false });
    return () =>
      eachRow((image, row, start) => {
        copy(image, row);
        multiplyIntegers(patches, weights, sums, outWidth, channels, k);
        finish(sums, outWidth, start);
      });
  }
  if (input === 'float32' && site.output.type === 'float32' && filter.type !== 'float32') {
    site.requireType(filter, 'int8', 'int4');
    const weights = site.constant(1) as Int8Array;
    const floats = site.data(0) as Float32Array;
    const imageSize = floats.length / batch;
    const values = new Int16Array(imageSize);
    const patches = new Int16Array(outWidth * k);
    const sums = new Int32Array(rowSize);
    const copy = makePatchCopier(window, values, patches, 0);
    const finish = hybridStage(site, channels, activation);
    return () => {
      for (let image = 0, start = 0; image < batch; image++) {
        const scale = quantizeOnTheFly(floats, image * imageSize, imageSize, values);
        for (let row = 0; row < outHeight; row++, start += rowSize) {
          copy(0, row);
          multiplyIntegers(patches, weights, sums, outWidth, channels, k);
          finish(sums, outWidth, start, scale);
        }
      }
    };
  }
  // float32, and int16 activations by int8 weights: sums in doubles, which for the integers are exact.
  const patches = new Float32Array(outWidth * k);
  const sums = new Float64Array(rowSize);
  const weightsAsFloats = (): Float32Array => Float32Array.from(site.constant(1) as Int8Array);
  if (input === 'int16' && filter.type === 'int8' && site.output.type === 'int16') {
    const weights = weightsAsFloats();
    const copy = makePatchCopier(window, site.data(0) as Int16Array, patches, 0);
    const finish = int16Stage(site, { channels, activation, productInFloat32: false });
    return () =>
      eachRow((image, row, start) => {
        copy(image, row);
        multiplyFloats(patches, weights, sums, outWidth, channels, k);
        finish(sums, outWidth, start);
      });
  }
  if (input !== 'float32' || site.output.type !== 'float32') throw site.typesError();
  const weights = site.data(1) as Float32Array;
  const copy = makePatchCopier(window, site.data(0) as Float32Array, patches, 0);
  const finish = floatStage(site, channels, activation);
  return () =>
    eachRow((image, row, start) => {
      copy(image, row);
      multiplyFloats(patches, weights, sums, outWidth, channels, k);
      finish(sums, outWidth, start);
    });
}
