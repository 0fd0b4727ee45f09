import {
  check,
  defineChecks,
  expectArrayEqual,
  expectClose,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

/** Rounded once in float32, worked out once more. */
function once(sum: number, real: number): number {
  const product = Math.fround(Math.fround(sum) * Math.fround(real));
  const near = Math.round(product);
  return Math.abs(product - Math.trunc(product)) === 0.5 && near % 2 !== 0 ? near - 1 : near;
}

/** Rounded twice in whole numbers of any size. */
function twice(sum: number, real: number): number {
  let [fraction, places] = [real, 0];
  while (fraction < 0.5) {
    fraction *= 2;
    places += 1;
  }
  const multiplier = Math.round(fraction * 2 ** 31);
  const product = Number((BigInt(sum) * BigInt(multiplier) + 2n ** 30n) >> 31n);
  const size = Math.floor(Math.abs(product) / 2 ** places + 0.5);
  return product < 0 ? -size : size;
}

type Product = [sum: number, real: number];

async function expectOnce({ callEach }: CheckTools, ...products: Product[]): Promise<void> {
  for (const [[sum, real], answer] of callEach('roundOnce', products, (each) => each, 'number'))
    expectEqual(await answer(), once(sum, real), { label: `roundOnce(${sum}, ${real})` });
}

async function expectPartings(
  { call }: CheckTools,
  real: number,
  from: number,
  to: number,
): Promise<void> {
  const expected = [];
  for (let sum = from; sum <= to; sum++) {
    if (twice(sum, real) !== once(sum, real)) expected.push(sum);
  }
  const answer = await call('partings', [real, from, to], 'numbers');
  expectArrayEqual(answer, expected, { label: `partings(${real}, ${from}, ${to})` });
}

/** A factor that is a float32, so that no hand has another. */
const factor = (rng: CheckTools['rng'], low: number, high: number): number =>
  Math.fround(2 ** rng.uniform(low, high));

export default defineChecks([
  check('example', 'The table of the statement comes out', async (tools) => {
    await expectOnce(tools, [11, 0.3125]);
    expectArrayEqual(await tools.call('partings', [0.3125, 0, 16], 'numbers'), [1, 4, 8, 11, 14]);
    expectClose(await tools.call('promised', [0.3125, 17], 'number'), 4.25);
  }),

  check('once', 'A product is rounded to the nearest whole number', async (tools) => {
    const drawn = Array.from({ length: 40 }, (): Product => {
      const sum = tools.rng.integer(-30000, 30000);
      return [sum, factor(tools.rng, -10, -0.1)];
    });
    await expectOnce(tools, ...drawn, [0, 0.25]);
  }),

  check('even', 'An exact half goes to the even neighbour', async (tools) => {
    const halves = [1, 3, 5, 7, -1, -3, -5, -7].map((sum): Product => [sum, 0.5]);
    const quarters = [2, 6, 10, -2, -6, -10].map((sum): Product => [sum, 0.25]);
    await expectOnce(tools, ...halves, ...quarters, [8, 0.3125]);
  }),

  check('float32', 'The product has the 24 bits of a float32', async (tools) => {
    const real = 0.4717;
    const found: Product[] = [];
    for (let sum = tools.rng.integer(8_000_000, 9_000_000); found.length < 24; sum++) {
      if (once(sum, real) !== Math.round(sum * real)) found.push([sum, real], [-sum, real]);
    }
    await expectOnce(tools, ...found);
  }),

  check('partings', 'Every sum at which the hands part is found', async (tools) => {
    for (let round = 0; round < 6; round++) {
      const from = tools.rng.integer(0, 5000);
      await expectPartings(tools, factor(tools.rng, -7, -1.1), from, from + 2000);
    }
    await expectPartings(tools, 0.0016740162, 0, 20000);
  }),

  check('ends', 'Both ends are tried', async (tools) => {
    expectArrayEqual(await tools.call('partings', [0.3125, 4, 4], 'numbers'), [4]);
    expectArrayEqual(await tools.call('partings', [0.3125, 4, 11], 'numbers'), [4, 8, 11]);
    expectArrayEqual(await tools.call('partings', [0.3125, 5, 7], 'numbers'), []);
  }),

  check('negative', 'Sums below zero are worked as they are', async (tools) => {
    await expectPartings(tools, 0.3125, -40, 0);
    const from = -tools.rng.integer(3000, 5000);
    await expectPartings(tools, 0.15625, from, from + 3500);
  }),

  check('promised', 'The share is half a unit of the first rounding', async ({ callEach, rng }) => {
    const cases = Array.from({ length: 12 }, (_, i) => {
      const k = -1 - i;
      const real = 2 ** k * rng.uniform(0.51, 0.99);
      return { k, real, count: rng.integer(1000, 90000) };
    });
    for (const [{ k, real, count }, answer] of callEach(
      'promised',
      cases,
      (each) => [each.real, each.count],
      'number',
    )) {
      expectClose(await answer(), count * 2 ** (k - 1), {
        relative: 1e-9,
        label: `promised(${real}, ${count})`,
      });
    }
  }),

  check('no-shift', 'Where nothing is shifted nothing is promised', async ({ call, rng }) => {
    expectEqual(await call('promised', [rng.uniform(0.5, 0.99), 1000], 'number'), 0);
    expectEqual(await call('promised', [0.5, 1000], 'number'), 0);
  }),

  check('refuses', 'A factor outside the range is refused', async ({ callEach }) => {
    const wrong = [0, 1, -0.25, NaN];
    const asked = [
      callEach('roundOnce', wrong, (real) => [3, real]),
      callEach('partings', wrong, (real) => [real, 0, 3]),
      callEach('promised', wrong, (real) => [real, 3]),
    ];
    const mentions = { pattern: /real/, words: 'the argument real' };
    for (const [i, real] of wrong.entries()) {
      for (const answers of asked)
        await expectThrows(answers[i]![1], { when: `for ${real}`, mentions });
    }
  }),
]);
