/** The model’s bytes, with a format for each layer: arithmetic and drawing. */
export const BUDGET_FORMATS = [
  'float32',
  'float16',
  'int8',
  'int7',
  'int6',
  'int5',
  'int4',
  'int3',
  'int2',
] as const;
export type BudgetFormat = (typeof BUDGET_FORMATS)[number];

export interface BudgetLayer {
  name: string;
  weights: number;
  biases: number;
  /** dB for each format; none for float32, which loses nothing. */
  sqnr: Partial<Record<BudgetFormat, number>>;
}

export const BIAS_BYTES = 4;
export const SCALE_BYTES = 4;
export const WIDTH = 640;

/** Bits a weight takes in the format. */
export function bitsOf(format: BudgetFormat): number {
  return Number(/\d+$/.exec(format)?.[0]);
}

/** Weights rounded up to whole bytes, biases in 32 bits, and a float32 scale if the format needs one. */
export function layerBytes({ weights, biases }: BudgetLayer, format: BudgetFormat): number {
  const scale = format.startsWith('int') ? SCALE_BYTES : 0;
  return Math.ceil((weights * bitsOf(format)) / 8) + biases * BIAS_BYTES + scale;
}

export interface Budget {
  bytes: number[];
  total: number;
  /** Bytes left, or below zero the bytes too many. */
  left: number;
  /** Left edge and width of each layer’s piece of the bar, and where the flash ends. */
  pieces: { x: number; width: number }[];
  flashX: number;
  verdict: string;
}

/** Adds up a choice of formats against the flash. */
export function budget(
  layers: readonly BudgetLayer[],
  formats: readonly BudgetFormat[],
  flash: number,
): Budget {
  const bytes = layers.map((layer, i) => layerBytes(layer, formats[i]!));
  const total = bytes.reduce((sum, each) => sum + each, 0);
  const left = flash - total;
  const perByte = WIDTH / (Math.max(total, flash) * 1.04);
  let x = 0;
  const pieces = bytes.map((each) => {
    const piece = { x, width: each * perByte };
    x += piece.width;
    return piece;
  });
  const verdict =
    left >= 0 ? `It fits, with ${inBytes(left)} to spare.` : `It is ${inBytes(-left)} too many.`;
  return { bytes, total, left, pieces, flashX: flash * perByte, verdict };
}

function inBytes(count: number): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'byte' : 'bytes'}`;
}

/** The error of a layer in its format, in words. */
export function sqnrText(layer: BudgetLayer, format: BudgetFormat): string {
  const value = layer.sqnr[format];
  return value === undefined ? 'exact' : `${value.toFixed(1)} dB`;
}
