import {
  WHOLE,
  WIDTH,
  magnified,
  notchPath,
  pointerPath,
  position,
  readRule,
  type RuleReading,
} from './number-line.ts';
import { writeNumber } from '../write-number.ts';

export interface RuleState {
  weight: number;
  range: number;
  /** How many times the lower rule is magnified. */
  times: number;
}

export const UPPER_Y = 60;
export const LOWER_Y = 150;

/** Everything that the drawing and its readings say, as attributes and texts by part. */
export function ruleDrawing({ weight, range, times }: RuleState): {
  reading: RuleReading;
  attributes: Record<string, Record<string, string>>;
  texts: Record<string, string>;
} {
  const reading = readRule(weight, range);
  const close = magnified(weight, times);
  const clampX = (x: number) => Math.max(0, Math.min(WIDTH, x));
  const errorFrom = clampX(position(Math.min(weight, reading.restored), close));
  const errorTo = clampX(position(Math.max(weight, reading.restored), close));
  const lens = [position(close.from, WHOLE), position(close.to, WHOLE)] as const;
  return {
    reading,
    attributes: {
      'upper-notches': { d: notchPath(reading.scale, WHOLE, UPPER_Y) },
      'lower-notches': { d: notchPath(reading.scale, close, LOWER_Y) },
      'upper-weight': { d: pointerPath(position(weight, WHOLE), UPPER_Y) },
      'lower-weight': { d: pointerPath(position(weight, close), LOWER_Y) },
      nearest: {
        cx: clampX(position(reading.restored, close)).toFixed(2),
        visibility:
          reading.restored < close.from || reading.restored > close.to ? 'hidden' : 'visible',
      },
      'error-bar': { x: errorFrom.toFixed(2), width: (errorTo - errorFrom).toFixed(2) },
      lens: { d: `M${lens[0]} ${UPPER_Y}L0 ${LOWER_Y - 44}H${WIDTH}L${lens[1]} ${UPPER_Y}z` },
    },
    texts: {
      weight: writeNumber(weight),
      range: `±${writeNumber(range)}`,
      times: `${times} times`,
      scale: writeNumber(reading.scale),
      notches: `${reading.notches.toFixed(3).replace('-', '−')}`,
      code: String(reading.code).replace('-', '−'),
      restored: writeNumber(reading.restored),
      error: writeNumber(reading.error, 3),
      bound: writeNumber(reading.bound, 3),
      verdict: reading.saturated
        ? 'Saturated: off the end of the rule'
        : 'Inside: off by half a notch at most',
    },
  };
}
