import type { SlidingWindow } from './window.ts';

/** Anything that a patch can be copied from and into. */
type Numbers = Float32Array | Int8Array | Int16Array;

/**
 * Copies what the window sees along one row of the output into rows of `patches` [outWidth, height·width·channels],
 * `offset` added; outside the image lies 0, which for integers is the zero point.
 *
 * Of a fixed pair of array types for each maker, so that the compiler sees one kind of array in it.
 *
 * @internal
 */
export function makePatchCopier<Source extends Numbers, Patches extends Numbers>(
  window: SlidingWindow,
  source: Source,
  patches: Patches,
  offset: number,
): (image: number, row: number) => void {
  const { inHeight, inWidth, channels, outWidth, height, width } = window;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, top, left } = window;
  return (image, row) => {
    let to = 0;
    const firstY = row * strideHeight - top;
    for (let column = 0; column < outWidth; column++) {
      const firstX = column * strideWidth - left;
      for (let ky = 0; ky < height; ky++) {
        const y = firstY + ky * dilationHeight;
        if (y < 0 || y >= inHeight) {
          patches.fill(0, to, to + width * channels);
          to += width * channels;
          continue;
        }
        const line = (image * inHeight + y) * inWidth;
        for (let kx = 0; kx < width; kx++) {
          const x = firstX + kx * dilationWidth;
          if (x < 0 || x >= inWidth) {
            for (let c = 0; c < channels; c++) patches[to++] = 0;
          } else {
            let from = (line + x) * channels;
            for (let c = 0; c < channels; c++) patches[to++] = source[from++]! + offset;
          }
        }
      }
    }
  };
}
