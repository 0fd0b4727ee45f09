/** Five ways to make a whole number of one that is none. */
import { roundHalfAway } from '../../../engine/numerics/index.ts';

export const ROUNDINGS = {
  away: { label: 'half away from zero', round: roundHalfAway },
  even: { label: 'half to even', round: roundHalfEven },
  up: { label: 'half up', round: Math.round },
  down: { label: 'down', round: Math.floor },
  truncate: { label: 'towards zero', round: Math.trunc },
} as const satisfies Record<string, { label: string; round: (x: number) => number }>;

export type Rounding = keyof typeof ROUNDINGS;

function roundHalfEven(x: number): number {
  return Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);
}
