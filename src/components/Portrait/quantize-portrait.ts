import {
  chooseQuantizationParams,
  dequantize,
  mse,
  quantize,
  sqnr,
} from '../../engine/numerics/index.ts';
import type { QuantizationParams } from '../../engine/numerics/index.ts';

/** How the cover shows the portrait before anybody touches it. */
export const initial = { bits: 2, dither: true } as const;

export interface QuantizedPortrait {
  /** Codes 0 … 2^bits − 1. */
  codes: Uint8Array;
  /** What the codes stand for: grey 0 … 255. */
  grey: Float32Array;
  /** Mean squared error, in grey levels squared. */
  mse: number;
  /** Signal to quantization noise, in dB. */
  sqnr: number;
  /** Bytes of the codes, packed. */
  bytes: number;
}

/** The order in which the 64 places of an 8 × 8 tile turn from black to white (Bayer's matrix). */
const bayer = Array.from({ length: 64 }, (_, i) => {
  const x = i & 7;
  const y = i >> 3;
  let order = 0;
  for (let bit = 0; bit < 3; bit++) {
    order = (order << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
  }
  return (order + 0.5) / 64 - 0.5;
});

/** The map from grey to codes. The engine's own chooser begins at 2 bits; of 1 bit there is only one map. */
const paramsOf = (bits: number): QuantizationParams =>
  bits === 1
    ? { scale: 255, zeroPoint: 0, qmin: 0, qmax: 1, numBits: 8, signed: false }
    : chooseQuantizationParams({ min: 0, max: 255 }, { numBits: bits, signed: false });

/**
 * Quantizes a grey picture to `bits` bits a pixel with the book's engine. Dithering adds a pattern of up
 * to half a step before rounding: the eye then averages what the code cannot say.
 */
export const quantizePortrait = (
  grey: ArrayLike<number>,
  width: number,
  bits: number,
  dither: boolean,
): QuantizedPortrait => {
  const params = paramsOf(bits);
  const source = Float32Array.from(grey);
  const pushed = dither
    ? source.map(
        (value, at) =>
          value +
          params.scale * (bayer[((Math.floor(at / width) & 7) << 3) | ((at % width) & 7)] ?? 0),
      )
    : source;
  const codes = Uint8Array.from(quantize(pushed, params));
  const back = dequantize(codes, params);
  return {
    codes,
    grey: back,
    mse: mse(source, back),
    sqnr: sqnr(source, back),
    bytes: Math.ceil((codes.length * bits) / 8),
  };
};

/** The words beside the slider. */
export const portraitFigures = (
  { mse: error, sqnr: ratio, bytes }: QuantizedPortrait,
  bits: number,
) => ({
  bits: `${bits} ${bits === 1 ? 'bit' : 'bits'}, ${2 ** bits} greys`,
  sqnr: ratio === Infinity ? 'no noise' : `${ratio.toFixed(1)} dB`,
  mse: error.toFixed(error < 10 ? 1 : 0),
  bytes: `${bytes.toLocaleString('en-GB')} bytes`,
});
