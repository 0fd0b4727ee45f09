import type { Padding } from '../graph.ts';
import type { OperatorSite } from '../operator-site.ts';

/** A window that slides over an image in NHWC: sizes, steps, and how far it starts outside. */
export interface SlidingWindow {
  batch: number;
  inHeight: number;
  inWidth: number;
  channels: number;
  outHeight: number;
  outWidth: number;
  height: number;
  width: number;
  strideHeight: number;
  strideWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  top: number;
  left: number;
}

export interface WindowOptions {
  padding: Padding;
  strideHeight: number;
  strideWidth: number;
  dilationHeight?: number;
  dilationWidth?: number;
}

/**
 * Where the window of an operator goes, checked against the shapes of its tensors. SAME: out = ⌈in/stride⌉, and
 * of an odd number of padded rows the greater part lies below, as in TensorFlow.
 *
 * @internal
 */
export function slidingWindow(
  site: OperatorSite,
  height: number,
  width: number,
  options: WindowOptions,
): SlidingWindow {
  const input = site.input(0).shape;
  const output = site.output.shape;
  if (input.length !== 4 || output.length !== 4) {
    throw site.shapesError('its data must have the shape [batch, height, width, channels]');
  }
  const [batch, inHeight, inWidth, channels] = input as [number, number, number, number];
  const { padding, strideHeight, strideWidth, dilationHeight = 1, dilationWidth = 1 } = options;
  const rows = placeWindow(padding, inHeight, (height - 1) * dilationHeight + 1, strideHeight);
  const columns = placeWindow(padding, inWidth, (width - 1) * dilationWidth + 1, strideWidth);
  const [, outHeight = 0, outWidth = 0] = output;
  const fits =
    output[0] === batch &&
    begins(outHeight, rows, strideHeight, inHeight) &&
    begins(outWidth, columns, strideWidth, inWidth);
  if (!fits) {
    throw site.shapesError(
      `its output has the shape [${output.join(', ')}], and [${batch}, ${rows.out}, ${columns.out}, …] comes of it`,
    );
  }
  return {
    batch,
    inHeight,
    inWidth,
    channels,
    outHeight,
    outWidth,
    height,
    width,
    strideHeight,
    strideWidth,
    dilationHeight,
    dilationWidth,
    top: rows.before,
    left: columns.before,
  };
}

/**
 * Whether an output has the size that comes of its window. The Micro runtime also runs a larger output, as long as
 * every window begins inside the image: what lies beyond is padding.
 */
function begins(
  stated: number,
  { out, before }: ReturnType<typeof placeWindow>,
  stride: number,
  size: number,
): boolean {
  return stated >= out && (stated === out || (stated - 1) * stride - before < size);
}

/** How many windows there are along one side, and how far the first begins outside. @internal */
export function placeWindow(
  padding: Padding,
  size: number,
  reach: number,
  stride: number,
): { out: number; before: number } {
  if (padding === 'VALID') return { out: Math.ceil((size - reach + 1) / stride), before: 0 };
  const out = Math.ceil(size / stride);
  return { out, before: Math.max(0, (out - 1) * stride + reach - size) >> 1 };
}
