import type { RunVisitor } from './axis-runs.ts';

/** Smallest and largest value a parameter, side by side. */
export interface RunRanges {
  min: number[];
  max: number[];
}

/** Collects the range of the values that each of `count` parameters governs. @internal */
export function runRanges(
  values: ArrayLike<number>,
  count: number,
  forEachRun: (visit: RunVisitor) => void,
): RunRanges {
  const min = new Array<number>(count).fill(Infinity);
  const max = new Array<number>(count).fill(-Infinity);
  forEachRun((param, start, length, stride) => {
    let low = min[param]!;
    let high = max[param]!;
    for (let k = 0, i = start; k < length; k++, i += stride) {
      const value = values[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    min[param] = low;
    max[param] = high;
  });
  return { min, max };
}
