/**
 * Lets every channel go.
 *
 * @fails one-stays
 * @advice At a share near 1 no channel is left, and the network is cut in two. One always stays.
 */
export interface Layer {
  /** One row for each input, one column for each channel. */
  kernel: number[][];
  bias: number[];
}

/** Both layers without the channels that were cut. */
export interface CutLayers extends Layer {
  /** Numbers of the channels that stay, rising. */
  kept: number[];
  /** Kernel of the layer that reads them: place by place, channel by channel. */
  reader: number[][];
}

/**
 * Cuts the weakest channels out of a layer and out of its reader.
 *
 * @param layer kernel and bias
 * @param reader kernel of the next layer, with P · C rows
 * @param share of the channels that is cut, 0 up to, but not, 1
 * @throws RangeError if the rows of the reader are no multiple of the channels
 */
export function cutChannels(layer: Layer, reader: number[][], share: number): CutLayers {
  const channels = layer.bias.length;
  if (reader.length % channels !== 0) {
    throw new RangeError(`reader has ${reader.length} rows, no multiple of ${channels} channels.`);
  }
  const strength = layer.bias.map((_, c) =>
    layer.kernel.reduce((sum, row) => sum + row[c]! ** 2, 0),
  );
  const staying = Math.round(channels * (1 - share));
  const kept = strength
    .map((_, c) => c)
    .sort((a, b) => strength[b]! - strength[a]! || a - b)
    .slice(0, staying)
    .sort((a, b) => a - b);
  return {
    kept,
    kernel: layer.kernel.map((row) => kept.map((c) => row[c]!)),
    bias: kept.map((c) => layer.bias[c]!),
    reader: reader.filter((_, row) => kept.includes(row % channels)),
  };
}
