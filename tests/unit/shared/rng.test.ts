import { createRng, ReaderError } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

const mean = (numbers: ArrayLike<number>) =>
  Array.from(numbers).reduce((sum, x) => sum + x, 0) / numbers.length;

describe('createRng', () => {
  it('gives the same stream for the same seed, whatever is drawn', () => {
    const draw = (seed: number) => {
      const rng = createRng(seed);
      return [
        rng.uniform(),
        rng.normal(),
        rng.integer(-5, 5),
        ...rng.floats(4, -1, 1),
        ...rng.normals(4),
        ...rng.shuffle([1, 2, 3, 4, 5]),
      ];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('keeps its numbers from release to release: hand-ins and results are made with them', () => {
    const rng = createRng(1895);
    expect(Array.from({ length: 6 }, () => rng.integer(0, 999))).toEqual([
      294, 736, 262, 20, 677, 731,
    ]);
  });

  it('gives unrelated streams for neighbouring seeds, small, negative or large', () => {
    const seeds = [...Array(1000).keys(), -1, -2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
    const firsts = seeds.map((seed) => createRng(seed).uniform());
    expect(new Set(firsts).size).toBe(seeds.length);
    expect(Math.abs(mean(firsts) - 0.5)).toBeLessThan(0.03);
    const ties = firsts.slice(1, 1000).map((x, i) => (x - 0.5) * (firsts[i]! - 0.5));
    // The correlation of neighbours: 1/12 would be wholly tied.
    expect(Math.abs(mean(ties))).toBeLessThan(0.01);
  });

  it('draws uniform numbers in their range, with their mean and spread', () => {
    const numbers = createRng(1).floats(20_000, -2, 4);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(4);
    expect(Math.abs(mean(numbers) - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean(numbers.map((x) => (x - 1) ** 2)) - 3)).toBeLessThan(0.1);
  });

  it('draws normal numbers with their mean, spread and tails', () => {
    const numbers = createRng(2).normals(20_000, 3, 0.5);
    expect(Math.abs(mean(numbers) - 3)).toBeLessThan(0.02);
    expect(Math.abs(mean(numbers.map((x) => (x - 3) ** 2)) - 0.25)).toBeLessThan(0.01);
    const beyondTwo = numbers.filter((x) => Math.abs(x - 3) > 1).length / numbers.length;
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.006);
  });

  it('draws every integer of a range about equally often, both ends too', () => {
    const rng = createRng(3);
    const counts = new Map<number, number>();
    for (let i = 0; i < 6000; i++) {
      const n = rng.integer(-1, 4);
      counts.set(n, (counts.get(n) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2, 3, 4]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('shuffles into every order about equally often, and leaves the original alone', () => {
    const rng = createRng(4);
    const items = ['a', 'b', 'c'];
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = rng.shuffle(items).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(items).toEqual(['a', 'b', 'c']);
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it.each([
    ['a seed that is no integer', () => createRng(0.5), 'seed-not-an-integer'],
    ['no seed', () => createRng(undefined as never), 'seed-not-an-integer'],
    ['an inverted range', () => createRng(1).uniform(1, 0), 'random-range-inverted'],
    [
      'a range to infinity',
      () => createRng(1).floats(1, 0, Infinity),
      'random-argument-not-finite',
    ],
    ['half integers', () => createRng(1).integer(0.5, 2), 'random-range-not-integer'],
    ['a negative count', () => createRng(1).floats(-1), 'random-count-invalid'],
    ['a count that is no number', () => createRng(1).normals(NaN), 'random-count-invalid'],
    ['a negative spread', () => createRng(1).normal(0, -1), 'random-std-negative'],
  ])('refuses %s', (_what, call, code) => {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ReaderError);
    expect((thrown as ReaderError).code).toBe(code);
  });
});
