import type * as tf from '@tensorflow/tfjs';
import { geometry } from './convolution-gradients.ts';
import { forEachTap, reach, type ConvGeometry } from './image-columns.ts';
import type { WasmMemory } from './wasm-memory.ts';

type Attrs = Record<string, unknown>;

/** dW[y, x, c, m] = Σ over outputs of x[…, c] · dy[…, c·M + m]. @internal */
export function depthwiseBackpropFilter(
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  attrs: Attrs,
  backend: WasmMemory,
): tf.TensorInfo {
  const filterShape = attrs['filterShape'] as number[];
  const conv = geometry(x.shape, filterShape, attrs, true);
  const dw = backend.makeOutput(filterShape, 'float32');
  const [input, upstream, out] = [x, dy, dw].map((info) => backend.typedArrayFromHeap(info));
  const { outChannels } = conv;
  // Sums over thousands of outputs are kept in doubles.
  const sums = new Float64Array(outChannels);
  const channelOf = inputChannels(conv);
  forEachTap(conv, (tap, top, left) => {
    sums.fill(0);
    forEachMeeting(conv, top, left, (from, to) => {
      for (let k = 0; k < outChannels; k++) {
        sums[k] = sums[k]! + input![from + channelOf[k]!]! * upstream![to + k]!;
      }
    });
    out!.set(sums, tap * outChannels);
  });
  return dw;
}

/** dx[…, c] = Σ over the windows that hold the pixel, and m, of dy[…, c·M + m] · W[y, x, c, m]. @internal */
export function depthwiseBackpropInput(
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  attrs: Attrs,
  backend: WasmMemory,
): tf.TensorInfo {
  const inputShape = attrs['inputShape'] as number[];
  const conv = geometry(inputShape, filter.shape, attrs, true);
  const dx = backend.makeOutput(inputShape, 'float32');
  const [upstream, weights, out] = [dy, filter, dx].map((info) => backend.typedArrayFromHeap(info));
  const { outChannels } = conv;
  const channelOf = inputChannels(conv);
  out!.fill(0);
  forEachTap(conv, (tap, top, left) => {
    const row = tap * outChannels;
    forEachMeeting(conv, top, left, (to, from) => {
      for (let k = 0; k < outChannels; k++) {
        const at = to + channelOf[k]!;
        out![at] = out![at]! + upstream![from + k]! * weights![row + k]!;
      }
    });
  });
  return dx;
}

/** The input channel that each output channel reads. */
function inputChannels({ inChannels, outChannels }: ConvGeometry): Int32Array {
  const multiplier = outChannels / inChannels;
  return Int32Array.from({ length: outChannels }, (_, k) => Math.floor(k / multiplier));
}

/** Each pixel that a tap reads, with the output it reads it for: where their channels start. */
function forEachMeeting(
  conv: ConvGeometry,
  top: number,
  left: number,
  visit: (input: number, output: number) => void,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = conv;
  const rows = reach(top, conv.strideHeight, inHeight, outHeight);
  const cols = reach(left, conv.strideWidth, inWidth, outWidth);
  for (let b = 0; b < conv.batchSize; b++) {
    for (let oy = rows.first; oy < rows.last; oy++) {
      const iy = oy * conv.strideHeight + top;
      for (let ox = cols.first; ox < cols.last; ox++) {
        const ix = ox * conv.strideWidth + left;
        visit(
          ((b * inHeight + iy) * inWidth + ix) * inChannels,
          ((b * outHeight + oy) * outWidth + ox) * outChannels,
        );
      }
    }
  }
}
