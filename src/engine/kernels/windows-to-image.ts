import { columnsToImage, type ConvGeometry } from './image-columns.ts';

/**
 * As {@link columnsToImage}, to the last bit, in half the time: where the filter is not dilated, the taps of one of its
 * rows lie side by side in the image too. The windows are taken from the last to the first, so that each pixel's sum is
 * taken tap by tap in the order of the filter.
 *
 * @internal
 */
export function windowsToImage(columns: Float32Array, x: Float32Array, conv: ConvGeometry): void {
  if (conv.dilationHeight !== 1 || conv.dilationWidth !== 1) {
    columnsToImage(columns, x, conv);
    return;
  }
  const { inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth } = conv;
  const length = filterWidth * inChannels;
  let window = conv.batchSize * outHeight * outWidth * filterHeight * length;
  x.fill(0);
  for (let b = conv.batchSize - 1; b >= 0; b--) {
    for (let oy = outHeight - 1; oy >= 0; oy--) {
      const top = oy * conv.strideHeight - conv.padInfo.top;
      for (let ox = outWidth - 1; ox >= 0; ox--) {
        const left = ox * conv.strideWidth - conv.padInfo.left;
        const first = Math.max(0, -left) * inChannels;
        const last = Math.min(filterWidth, inWidth - left) * inChannels;
        window -= filterHeight * length;
        for (let fy = 0; fy < filterHeight; fy++) {
          const iy = top + fy;
          if (iy < 0 || iy >= inHeight) continue;
          const from = window + fy * length;
          const to = ((b * inHeight + iy) * inWidth + left) * inChannels;
          for (let i = first; i < last; i++) x[to + i] = x[to + i]! + columns[from + i]!;
        }
      }
    }
  }
}
