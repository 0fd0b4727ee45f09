import type { OperatorOptions } from '../graph.ts';
import type { Kernel, OperatorSite } from '../operator-site.ts';
import { activationRange } from './activation-range.ts';
import { slidingWindow, type SlidingWindow } from './window.ts';

type Numbers = Float32Array | Int8Array | Int16Array;

/**
 * AVERAGE_POOL_2D and MAX_POOL_2D. What lies outside the image does not count: an average is taken over what is
 * inside. Integers are averaged exactly and rounded half away from zero; they keep the scale of the input.
 *
 * @see tensorflow/lite/kernels/internal/reference/integer_ops/pooling.h
 * @internal
 */
export function preparePool(
  site: OperatorSite,
  options: OperatorOptions['MAX_POOL_2D'],
  kind: 'average' | 'max',
): Kernel {
  const window = slidingWindow(site, options.filterHeight, options.filterWidth, options);
  const { low, high } = activationRange(site, options.activation);
  const { type } = site.output;
  if (site.input(0).type !== type) throw site.typesError();
  site.requireType(site.output, 'float32', 'int8', 'int16');
  const source = site.data(0) as Numbers;
  const out = site.outputData as Numbers;
  const { channels } = window;
  const divide = type === 'float32' ? divideReals : divideRounded;
  const found = new Float64Array(channels);
  return () =>
    eachPixel(window, (pixel, fromY, toY, fromX, toX, image) => {
      found.fill(kind === 'max' ? -Infinity : 0);
      for (let y = fromY; y < toY; y++) {
        for (let x = fromX; x < toX; x++) {
          const from = ((image * window.inHeight + y) * window.inWidth + x) * channels;
          if (kind === 'max') {
            for (let c = 0; c < channels; c++) {
              if (source[from + c]! > found[c]!) found[c] = source[from + c]!;
            }
          } else {
            for (let c = 0; c < channels; c++) found[c] = found[c]! + source[from + c]!;
          }
        }
      }
      const count = (toY - fromY) * (toX - fromX);
      for (let c = 0; c < channels; c++) {
        const value = kind === 'max' ? found[c]! : divide(found[c]!, count);
        out[pixel * channels + c] = value < low ? low : value > high ? high : value;
      }
    });
}

const divideReals = (sum: number, count: number): number => sum / count;

/** The sum divided by the count, a half rounded away from zero, in integers. @internal */
export function divideRounded(sum: number, count: number): number {
  const half = count >> 1;
  return Math.trunc((sum > 0 ? sum + half : sum - half) / count);
}

/** Each pixel of the output, with the part of its window that lies inside the image. */
function eachPixel(
  window: SlidingWindow,
  visit: (
    pixel: number,
    fromY: number,
    toY: number,
    fromX: number,
    toX: number,
    image: number,
  ) => void,
): void {
  const { batch, inHeight, inWidth, outHeight, outWidth, height, width, top, left } = window;
  const { strideHeight, strideWidth } = window;
  let pixel = 0;
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row < outHeight; row++) {
      const y = row * strideHeight - top;
      for (let column = 0; column < outWidth; column++, pixel++) {
        const x = column * strideWidth - left;
        const toY = Math.min(inHeight, y + height);
        const toX = Math.min(inWidth, x + width);
        visit(pixel, Math.max(0, y), toY, Math.max(0, x), toX, image);
      }
    }
  }
}
