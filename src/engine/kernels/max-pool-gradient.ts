import * as tf from '@tensorflow/tfjs';
import { forEachTap, reach } from './image-columns.ts';
import type { WasmMemory } from './wasm-memory.ts';

/**
 * dx of max pooling: each output's gradient goes to the first largest value of its window, as the cpu
 * backend has it. The wasm backend's own kernel loses some of them.
 *
 * @internal
 */
export function maxPoolGradient(
  dy: tf.TensorInfo,
  x: tf.TensorInfo,
  attrs: Record<string, unknown>,
  backend: WasmMemory,
): tf.TensorInfo {
  const conv = tf.backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    attrs['filterSize'] as number,
    attrs['strides'] as number,
    1,
    attrs['pad'] as 'same',
    attrs['dimRoundingMode'] as 'floor',
  );
  const dx = backend.makeOutput(x.shape, 'float32');
  const [input, upstream, out] = [x, dy, dx].map((info) => backend.typedArrayFromHeap(info));
  const { inHeight, inWidth, outHeight, outWidth, outChannels, batchSize } = conv;
  const largest = new Float32Array(upstream!.length).fill(-Infinity);
  const winner = new Int32Array(upstream!.length).fill(-1);
  forEachTap(conv, (_, top, left) => {
    const rows = reach(top, conv.strideHeight, inHeight, outHeight);
    const cols = reach(left, conv.strideWidth, inWidth, outWidth);
    for (let b = 0; b < batchSize; b++) {
      for (let oy = rows.first; oy < rows.last; oy++) {
        const iy = oy * conv.strideHeight + top;
        for (let ox = cols.first; ox < cols.last; ox++) {
          const ix = ox * conv.strideWidth + left;
          const from = ((b * inHeight + iy) * inWidth + ix) * outChannels;
          const to = ((b * outHeight + oy) * outWidth + ox) * outChannels;
          for (let channel = 0; channel < outChannels; channel++) {
            if (input![from + channel]! > largest[to + channel]!) {
              largest[to + channel] = input![from + channel]!;
              winner[to + channel] = from + channel;
            }
          }
        }
      }
    }
  });
  out!.fill(0);
  winner.forEach((at, i) => {
    if (at >= 0) out![at] = out![at]! + upstream![i]!;
  });
  return dx;
}
