/** A network of three dense layers, its hidden ones as wide as the reader likes: arithmetic and drawing. */
export const FEWEST_UNITS = 10;
export const MOST_UNITS = 600;
export const UNITS_STEP = 10;
export const BIT_CHOICES = [32, 16, 8, 4] as const;

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const BAR_HEIGHT = 24;
const ROW_HEIGHT = 58;
const TOP = 52;

/** Top edge of a layer’s bar. */
export const barY = (i: number): number => TOP + i * ROW_HEIGHT;
export const HEIGHT = TOP + 2 * ROW_HEIGHT + BAR_HEIGHT + 4;

export interface Sizes {
  /** Inputs of the network, then the units of each layer in turn. */
  widths: readonly number[];
  /** Bits of every parameter. */
  bits: number;
  /** Bytes that the device can hold. */
  flash: number;
}

/** Parameters of a dense layer: a weight for each pair of input and unit, and a bias for each unit. */
export function denseParameters(inputs: number, units: number): number {
  return inputs * units + units;
}

/** Bytes of so many parameters, rounded up to a whole one. */
export function bytesOf(parameters: number, bits: number): number {
  return Math.ceil((parameters * bits) / 8);
}

export interface LayerSize {
  inputs: number;
  units: number;
  parameters: number;
  bytes: number;
  /** Of the bytes of all layers, between 0 and 1. */
  share: number;
  /** The layer’s bar, which begins where the one before ends. */
  x: number;
  width: number;
}

/** The layers with their bytes and bars, and where in the drawing the flash ends. */
export function layerSizes({ widths, bits, flash }: Sizes): {
  layers: LayerSize[];
  parameters: number;
  total: number;
  flashX: number;
} {
  const counted = widths.slice(1).map((units, i) => {
    const inputs = widths[i]!;
    const parameters = denseParameters(inputs, units);
    return { inputs, units, parameters, bytes: bytesOf(parameters, bits) };
  });
  const parameters = counted.reduce((sum, layer) => sum + layer.parameters, 0);
  const total = counted.reduce((sum, { bytes }) => sum + bytes, 0);
  const perByte = WIDTH / (Math.max(total, flash) * 1.04);
  let x = 0;
  const layers = counted.map((layer) => {
    const placed = { ...layer, share: layer.bytes / total, x, width: layer.bytes * perByte };
    x += placed.width;
    return placed;
  });
  return { layers, parameters, total, flashX: flash * perByte };
}

/** What the figure has to say of the bytes, to the byte. */
export function verdictOf(total: number, flash: number): string {
  const all = `${inBytes(total)} in all`;
  return total <= flash
    ? `It fits: ${all}, ${inBytes(flash - total)} to spare.`
    : `It does not fit: ${all}, ${inBytes(total - flash)} too many.`;
}

/** Everything that the drawing and its table say, as attributes and texts by part. */
export function drawing(sizes: Sizes): {
  attributes: Record<string, Record<string, string>>;
  texts: Record<string, string>;
} {
  const { layers, parameters, total, flashX } = layerSizes(sizes);
  const attributes: Record<string, Record<string, string>> = {
    'flash-line': { transform: `translate(${flashX.toFixed(2)} 0)` },
    // The label stands before the line, or after it where there is no room.
    'flash-label': { x: flashX.toFixed(2), 'text-anchor': flashX < 220 ? 'start' : 'end' },
  };
  const texts: Record<string, string> = {
    verdict: verdictOf(total, sizes.flash),
    'total-parameters': inDigits(parameters),
    'total-bytes': inDigits(total),
  };
  layers.forEach((layer, i) => {
    const { inputs, units, x, width } = layer;
    const [count, bytes] = [inDigits(layer.parameters), inDigits(layer.bytes)];
    const share = `${(layer.share * 100).toFixed(1)}%`;
    attributes[`bar-${i}`] = { x: x.toFixed(2), width: width.toFixed(2) };
    texts[`units-${i}`] = String(units);
    texts[`reading-${i}`] = `${count} parameters, ${bytes} bytes, ${share}`;
    texts[`sum-${i}`] = `${inputs} × ${units} + ${units} = ${count}`;
    texts[`bytes-${i}`] = bytes;
    texts[`share-${i}`] = share;
  });
  return { attributes, texts };
}

/** Short strokes beside the bars, so that the line of the flash crosses no text. */
export function flashPath(): string {
  return [0, 1, 2].map((i) => `M0 ${barY(i) - 4}v${BAR_HEIGHT + 8}`).join('');
}

export function inDigits(count: number): string {
  return count.toLocaleString('en-GB');
}

function inBytes(count: number): string {
  return `${inDigits(count)} ${count === 1 ? 'byte' : 'bytes'}`;
}
