import type * as tf from '@tensorflow/tfjs';

/** Where a window meets an image, as TensorFlow.js computes it for NHWC data. @internal */
export type ConvGeometry = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

interface Reach {
  first: number;
  last: number;
}

/** The output positions whose tap at `offset` lies inside an image of `size`: first … last − 1. @internal */
export function reach(offset: number, stride: number, size: number, count: number): Reach {
  const first = offset >= 0 ? 0 : Math.ceil(-offset / stride);
  const last = Math.min(count, Math.ceil((size - offset) / stride));
  return { first, last: Math.max(first, last) };
}

/**
 * Lays an image out so that a convolution is a matrix product: row (y, x, channel) of the filter, column
 * (batch, output row, output column) of the result. Transposed against the usual form, since the wasm
 * backend multiplies fast only what is not transposed, and the gradient of the filter is columns · dy.
 *
 * @internal
 */
export function imageToColumns(x: Float32Array, columns: Float32Array, conv: ConvGeometry): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, batchSize } = conv;
  const positions = batchSize * outHeight * outWidth;
  columns.fill(0);
  forEachTap(conv, (tap, top, left) => {
    const rows = reach(top, conv.strideHeight, inHeight, outHeight);
    const cols = reach(left, conv.strideWidth, inWidth, outWidth);
    const step = conv.strideWidth * inChannels;
    for (let channel = 0; channel < inChannels; channel++) {
      const row = (tap * inChannels + channel) * positions;
      for (let b = 0; b < batchSize; b++) {
        for (let oy = rows.first; oy < rows.last; oy++) {
          const iy = oy * conv.strideHeight + top;
          let from =
            ((b * inHeight + iy) * inWidth + cols.first * conv.strideWidth + left) * inChannels +
            channel;
          const to = row + (b * outHeight + oy) * outWidth;
          for (let ox = cols.first; ox < cols.last; ox++, from += step) columns[to + ox] = x[from]!;
        }
      }
    }
  });
}

/**
 * The reverse: adds what stands in rows (batch, output row, output column) of filter taps (y, x, channel)
 * back to the pixels they were read from.
 *
 * @internal
 */
export function columnsToImage(columns: Float32Array, x: Float32Array, conv: ConvGeometry): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, batchSize } = conv;
  const rowLength = conv.filterHeight * conv.filterWidth * inChannels;
  x.fill(0);
  forEachTap(conv, (tap, top, left) => {
    const rows = reach(top, conv.strideHeight, inHeight, outHeight);
    const cols = reach(left, conv.strideWidth, inWidth, outWidth);
    for (let b = 0; b < batchSize; b++) {
      for (let oy = rows.first; oy < rows.last; oy++) {
        const iy = oy * conv.strideHeight + top;
        for (let ox = cols.first; ox < cols.last; ox++) {
          const from = ((b * outHeight + oy) * outWidth + ox) * rowLength + tap * inChannels;
          const ix = ox * conv.strideWidth + left;
          const to = ((b * inHeight + iy) * inWidth + ix) * inChannels;
          for (let channel = 0; channel < inChannels; channel++) {
            x[to + channel] = x[to + channel]! + columns[from + channel]!;
          }
        }
      }
    }
  });
}

/** Each tap of the filter, and where it falls for the output at the origin. @internal */
export function forEachTap(
  conv: ConvGeometry,
  visit: (tap: number, top: number, left: number) => void,
): void {
  for (let fy = 0; fy < conv.filterHeight; fy++) {
    for (let fx = 0; fx < conv.filterWidth; fx++) {
      const top = fy * conv.dilationHeight - conv.padInfo.top;
      const left = fx * conv.dilationWidth - conv.padInfo.left;
      visit(fy * conv.filterWidth + fx, top, left);
    }
  }
}
