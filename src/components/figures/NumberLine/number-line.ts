/** The rule of 255 notches: what it makes of one weight, and how it is drawn. */
import { chooseQuantizationParams, dequantize, quantize } from '../../../engine/numerics/index.ts';

export const LAST_CODE = 127;
/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const HEIGHT = 190;
/** Weights from −REACH to REACH can be set; the range is never wider. */
export const REACH = 0.75;

export interface RuleReading {
  scale: number;
  /** How far the weight lies from zero, in notches. */
  notches: number;
  code: number;
  restored: number;
  error: number;
  /** Half a notch. */
  bound: number;
  saturated: boolean;
}

/** Quantizes one weight on the symmetric rule whose ends are at ±range. */
export function readRule(weight: number, range: number): RuleReading {
  const params = chooseQuantizationParams(
    { min: -range, max: range },
    { numBits: 8, symmetric: true, narrowRange: true },
  );
  const one = Float32Array.of(weight);
  const codes = quantize(one, params);
  const restored = dequantize(codes, params)[0]!;
  return {
    scale: params.scale,
    notches: weight / params.scale,
    code: codes[0]!,
    restored,
    error: Math.abs(weight - restored),
    bound: params.scale / 2,
    saturated: Math.abs(weight) > params.scale * (LAST_CODE + 0.5),
  };
}

/** A stretch of weights drawn from one edge to the other. */
export interface Stretch {
  from: number;
  to: number;
}

/** All weights that can be set. */
export const WHOLE: Stretch = { from: -REACH, to: REACH };

/** The stretch around a weight, magnified; kept within the whole. */
export function magnified(weight: number, times: number): Stretch {
  const half = REACH / times;
  const centre = Math.max(-REACH + half, Math.min(REACH - half, weight));
  return { from: centre - half, to: centre + half };
}

/** Where a weight stands in a drawing of a stretch. */
export function position(weight: number, { from, to }: Stretch): number {
  return ((weight - from) / (to - from)) * WIDTH;
}

/** The notches of a stretch, standing on the line y; every tenth is longer, and so are zero and the two ends. */
export function notchPath(scale: number, stretch: Stretch, y: number): string {
  const first = Math.max(-LAST_CODE, Math.ceil(stretch.from / scale));
  const last = Math.min(LAST_CODE, Math.floor(stretch.to / scale));
  let path = '';
  for (let code = first; code <= last; code++) {
    const height = code === 0 || Math.abs(code) === LAST_CODE ? 22 : code % 10 === 0 ? 14 : 8;
    path += `M${position(code * scale, stretch).toFixed(2)} ${y}v${-height}`;
  }
  return path;
}

/** A pointer standing on the line y from above, its tip at x. */
export function pointerPath(x: number, y: number): string {
  return `M${x.toFixed(2)} ${y - 26}l-7 -14h14z`;
}
