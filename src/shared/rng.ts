import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { ReaderError } from './reader-error.ts';

/** A stream of random numbers that its seed determines wholly. */
export interface Rng {
  /** One number, uniform in [min, max); by default in [0, 1). */
  uniform(min?: number, max?: number): number;
  /** One number from the normal distribution; by default of mean 0 and standard deviation 1. */
  normal(mean?: number, std?: number): number;
  /** One integer, uniform in min … max, both included. */
  integer(min: number, max: number): number;
  /** `n` numbers as float32, uniform between `min` and `max`; by default between 0 and 1. */
  floats(n: number, min?: number, max?: number): Float32Array<ArrayBuffer>;
  /** `n` numbers as float32, from the normal distribution. */
  normals(n: number, mean?: number, std?: number): Float32Array<ArrayBuffer>;
  /** A copy of `items` in random order, every order equally likely. */
  shuffle<T>(items: readonly T[]): T[];
}

/** One step of splitmix32: spreads seeds that lie close together over all 32 bits. */
function splitmix32(state: number): number {
  let z = state | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** Four words of generator state; neighbouring seeds give unrelated ones. */
function stateFromSeed(seed: number): number[] {
  const high = Math.floor(seed / 2 ** 32) | 0;
  let counter = splitmix32((splitmix32(high ^ 0x5bf03635) + seed) | 0);
  return Array.from({ length: 4 }, () => {
    counter = (counter + 0x9e3779b9) | 0;
    return splitmix32(counter);
  });
}

function requireFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new ReaderError({
      code: 'random-argument-not-finite',
      explain: `${name} must be a finite number; it is ${String(value)}.`,
    });
  }
}

function requireRange(min: number, max: number): void {
  requireFinite('min', min);
  requireFinite('max', max);
  if (min > max) {
    throw new ReaderError({
      code: 'random-range-inverted',
      explain: `min must not be above max; min is ${min} and max is ${max}.`,
      hint: 'Exchange the two.',
    });
  }
}

function requireCount(n: number): void {
  if (!Number.isInteger(n) || n < 0) {
    throw new ReaderError({
      code: 'random-count-invalid',
      explain: `n, how many numbers to draw, must be an integer of at least 0; it is ${String(n)}.`,
    });
  }
}

/**
 * Makes a generator of random numbers from a seed: the same seed gives the same numbers, on every machine.
 *
 * The generator is xoroshiro128+, with 2¹²⁸ − 1 states; its state is drawn from the seed by splitmix32.
 * `normal` uses the Box–Muller transform: x = mean + std·√(−2 ln u)·cos(2πv) for uniform u and v.
 * Not for secrets: the numbers can be foretold.
 *
 * @param seed - an integer that JavaScript holds exactly (|seed| ≤ 2⁵³ − 1)
 * @throws ReaderError `seed-not-an-integer` for any other seed; the drawing methods throw for ranges
 *   that are inverted or not finite, for a negative `std`, and for counts that are not integers
 * @example
 * ```ts
 * import { createRng } from 'heavy-weights';
 *
 * const rng = createRng(1895);
 * const again = createRng(1895);
 * console.log(rng.integer(1, 6) === again.integer(1, 6)); // true
 * console.log(rng.floats(3, -1, 1).length); // 3
 * console.log(rng.shuffle(['a', 'b', 'c']).sort().join('')); // abc
 * ```
 * @see D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021
 */
export function createRng(seed: number): Rng {
  if (!Number.isSafeInteger(seed)) {
    throw new ReaderError({
      code: 'seed-not-an-integer',
      explain: `seed must be an integer; it is ${String(seed)}.`,
      hint: 'Any whole number does, for example createRng(221).',
    });
  }
  const generator = xoroshiro128plusFromState(stateFromSeed(seed));

  const uniform = (min = 0, max = 1): number => {
    requireRange(min, max);
    return min + uniformFloat64(generator) * (max - min);
  };
  const normal = (mean = 0, std = 1): number => {
    requireFinite('mean', mean);
    requireFinite('std', std);
    if (std < 0) {
      throw new ReaderError({
        code: 'random-std-negative',
        explain: `std, the standard deviation, must not be negative; it is ${std}.`,
      });
    }
    // 1 − u lies in (0, 1], so that its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)));
    return mean + std * radius * Math.cos(2 * Math.PI * uniformFloat64(generator));
  };
  const integer = (min: number, max: number): number => {
    requireRange(min, max);
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) {
      throw new ReaderError({
        code: 'random-range-not-integer',
        explain: `min and max must be integers; they are ${min} and ${max}.`,
        hint: 'For any number between the two, use uniform(min, max).',
      });
    }
    return uniformInt(generator, min, max);
  };
  return {
    uniform,
    normal,
    integer,
    floats: (n, min = 0, max = 1) => {
      requireCount(n);
      return Float32Array.from({ length: n }, () => uniform(min, max));
    },
    normals: (n, mean = 0, std = 1) => {
      requireCount(n);
      return Float32Array.from({ length: n }, () => normal(mean, std));
    },
    shuffle: (items) => {
      const shuffled = [...items];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = uniformInt(generator, 0, i);
        [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
      }
      return shuffled;
    },
  };
}
