import type { OperatorOptions } from '../graph.ts';
import type { Kernel, OperatorSite } from '../operator-site.ts';
import { quantizeOnTheFly } from './hybrid-input.ts';
import { floatStage, hybridStage, int16Stage, int8Stage } from './output-stage.ts';
import { slidingWindow, type SlidingWindow } from './window.ts';

/** Whatever an image and its filter may be made of. */
type Numbers = Float32Array | Int8Array | Int16Array;

/**
 * DEPTHWISE_CONV_2D: each input channel has `depthMultiplier` filters of its own;
 * y[…, c·m + q] = act(Σ x[…, c]·w[k…, c·m + q] + bias).
 *
 * @see reference_integer_ops::DepthwiseConvPerChannel,
 *   tensorflow/lite/kernels/internal/reference/integer_ops/depthwise_conv.h
 * @internal
 */
export function prepareDepthwise(
  site: OperatorSite,
  options: OperatorOptions['DEPTHWISE_CONV_2D'],
): Kernel {
  const filter = site.input(1);
  const [, height, width, channels] = filter.shape as [number, number, number, number];
  const window = slidingWindow(site, height, width, options);
  const { depthMultiplier, activation } = options;
  if (window.channels * depthMultiplier !== channels || site.output.shape[3] !== channels) {
    throw site.shapesError(
      `its filter has the shape [${filter.shape.join(', ')}], its data ${window.channels} channels and the depth multiplier is ${depthMultiplier}`,
    );
  }
  const { batch, outHeight, outWidth } = window;
  const rowSize = outWidth * channels;
  const input = site.input(0).type;
  const output = site.output.type;

  if (input === 'int8' && output === 'int8') {
    site.requireType(filter, 'int8', 'int4');
    const sums = new Int32Array(rowSize);
    const { zeroPoint } = site.scaleOf(site.input(0));
    const row = makeRow(window, depthMultiplier, {
      source: site.data(0) as Int8Array,
      weights: site.constant(1) as Int8Array,
      sums,
      offset: -zeroPoint,
    });
    const finish = int8Stage(site, { channels, activation, productInFloat32: false });
    return () => {
      for (let r = 0; r < batch * outHeight; r++) {
        row(Math.floor(r / outHeight), r % outHeight);
        finish(sums, outWidth, r * rowSize);
      }
    };
  }
  if (input === 'float32' && output === 'float32' && filter.type !== 'float32') {
    site.requireType(filter, 'int8', 'int4');
    const floats = site.data(0) as Float32Array;
    const imageSize = floats.length / batch;
    const values = new Int16Array(imageSize);
    const sums = new Int32Array(rowSize);
    const weights = site.constant(1) as Int8Array;
    const row = makeRow(window, depthMultiplier, { source: values, weights, sums, offset: 0 });
    const finish = hybridStage(site, channels, activation);
    return () => {
      for (let image = 0; image < batch; image++) {
        const scale = quantizeOnTheFly(floats, image * imageSize, imageSize, values);
        for (let r = 0; r < outHeight; r++) {
          row(0, r);
          finish(sums, outWidth, (image * outHeight + r) * rowSize, scale);
        }
      }
    };
  }
  const sums = new Float64Array(rowSize);
  const isInt16 = input === 'int16' && filter.type === 'int8' && output === 'int16';
  if (!isInt16 && (input !== 'float32' || output !== 'float32')) throw site.typesError();
  const row = makeRow(window, depthMultiplier, {
    source: site.data(0) as Int16Array | Float32Array,
    weights: site.data(1) as Int8Array | Float32Array,
    sums,
    offset: 0,
  });
  const finish = isInt16
    ? int16Stage(site, { channels, activation, productInFloat32: false })
    : floatStage(site, channels, activation);
  return () => {
    for (let r = 0; r < batch * outHeight; r++) {
      row(Math.floor(r / outHeight), r % outHeight);
      finish(sums, outWidth, r * rowSize);
    }
  };
}

/** Sums of one row of the output: whole pixels at a time, so that memory is read in its order. */
function makeRow(
  window: SlidingWindow,
  multiplier: number,
  arrays: { source: Numbers; weights: Numbers; sums: Int32Array | Float64Array; offset: number },
): (image: number, row: number) => void {
  const { source, weights, sums, offset } = arrays;
  const { inHeight, inWidth, channels, outWidth, height, width, top, left } = window;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = window;
  const outChannels = channels * multiplier;
  return (image, row) => {
    sums.fill(0);
    for (let column = 0; column < outWidth; column++) {
      const to = column * outChannels;
      for (let ky = 0; ky < height; ky++) {
        const y = row * strideHeight - top + ky * dilationHeight;
        if (y < 0 || y >= inHeight) continue;
        for (let kx = 0; kx < width; kx++) {
          const x = column * strideWidth - left + kx * dilationWidth;
          if (x < 0 || x >= inWidth) continue;
          const from = ((image * inHeight + y) * inWidth + x) * channels;
          const tap = (ky * width + kx) * outChannels;
          for (let c = 0, o = 0; c < channels; c++) {
            const value = source[from + c]! + offset;
            for (let q = 0; q < multiplier; q++, o++) {
              sums[to + o] = sums[to + o]! + value * weights[tap + o]!;
            }
          }
        }
      }
    }
  };
}
