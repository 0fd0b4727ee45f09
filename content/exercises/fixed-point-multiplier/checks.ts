import { check, defineChecks, expectEqual, expectThrows, expectTrue } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const LIMIT = 2 ** 31;

/** The rule, worked out once more, in whole numbers of any size. */
function scaled(sum: number, multiplier: number, shift: number): number {
  const floorDivide = (a: bigint, b: bigint) => (a - (((a % b) + b) % b)) / b;
  const product = floorDivide(
    2n * BigInt(sum) * BigInt(multiplier) + BigInt(LIMIT),
    2n * BigInt(LIMIT),
  );
  const divisor = 2n ** BigInt(-shift);
  const size = product < 0n ? -product : product;
  const rounded = Number(floorDivide(2n * size + divisor, 2n * divisor));
  return product < 0n ? -rounded : rounded;
}

async function expectScaled(
  { call }: CheckTools,
  sum: number,
  multiplier: number,
  shift: number,
): Promise<void> {
  const answer = await call('scaleSum', [sum, multiplier, shift], 'integer');
  expectEqual(answer, scaled(sum, multiplier, shift), {
    label: `scaleSum(${sum}, ${multiplier}, ${shift})`,
  });
}

async function expectSplit({ call }: CheckTools, real: number): Promise<void> {
  const answer = await call('toFixedPoint', [real], { multiplier: 'integer', shift: 'integer' });
  expectTrue(
    answer.multiplier >= LIMIT / 2 && answer.multiplier < LIMIT,
    `For ${real} the multiplier should be at least 2^30 and below 2^31.`,
    { got: answer.multiplier, expected: 'a whole number from 1073741824 to 2147483647' },
  );
  expectTrue(answer.shift <= 0, 'The shift should be 0 or less.', {
    got: answer.shift,
    expected: '0 or a negative whole number',
  });
  const error = Math.abs((answer.multiplier / LIMIT) * 2 ** answer.shift - real) / real;
  expectTrue(
    error <= 1.0001 * 2 ** -31,
    `multiplier / 2^31 · 2^shift should be ${real}; it is ${(answer.multiplier / LIMIT) * 2 ** answer.shift}.`,
    { got: answer, expected: 'a relative error of at most 2^-31' },
  );
}

/** The inverse of an odd number for whole numbers that begin again at 2³¹. */
function inverse(odd: bigint): bigint {
  let found = odd;
  for (let round = 0; round < 6; round++) found = (found * (2n - odd * found)) % BigInt(LIMIT);
  return ((found % BigInt(LIMIT)) + BigInt(LIMIT)) % BigInt(LIMIT);
}

export default defineChecks([
  check('splits', 'A factor is a multiplier of 31 bits and a shift', async (tools) => {
    for (const real of [0.25, 0.5, 0.003, 1 / 3, 2 ** -30]) await expectSplit(tools, real);
    for (let round = 0; round < 30; round++) {
      await expectSplit(tools, 2 ** tools.rng.uniform(-30.9, -1));
    }
  }),

  check('carry', 'A fraction that rounds up to 1 is carried into the shift', async (tools) => {
    for (const power of [-2, -5, -tools.rng.integer(6, 20)]) {
      await expectSplit(tools, 2 ** power * (1 - 2 ** -40));
    }
  }),

  check('example', 'The table of the statement comes out', async (tools) => {
    const answer = await tools.call('toFixedPoint', [0.003]);
    expectEqual(answer, { multiplier: 1649267442, shift: -8 });
    await expectScaled(tools, 1000, 1840600350, -9);
    await expectScaled(tools, -16427, 1840600350, -9);
  }),

  check('first-half', 'After the product an exact half goes up', async (tools) => {
    for (const sum of [-1, 1, -3, 3, -2001, 2001]) await expectScaled(tools, sum, LIMIT / 2, 0);
  }),

  check('second-half', 'After the shift an exact half goes away from zero', async (tools) => {
    for (const sum of [-6, 6, -10, 10, -2002, 2002]) await expectScaled(tools, sum, LIMIT / 2, -1);
    for (const sum of [-24, 24, -8, 8]) await expectScaled(tools, sum, LIMIT / 2, -3);
  }),

  check('twice', 'The product is rounded before it is shifted', async (tools) => {
    const multiplier = 1840600350;
    let found = 0;
    for (let sum = tools.rng.integer(-200000, 0); found < 8; sum++) {
      const once = Math.round((sum * multiplier) / 2 ** 40);
      if (once === scaled(sum, multiplier, -9)) continue;
      await expectScaled(tools, sum, multiplier, -9);
      found += 1;
    }
  }),

  check('exact', 'No bit of a product of 62 is lost', async (tools) => {
    for (let round = 0; round < 12; round++) {
      // A product that is one less than a half: it must not go up.
      const multiplier = LIMIT / 2 + 2 * tools.rng.integer(2 ** 20, LIMIT / 4 - 1) + 1;
      const sum = Number((BigInt(LIMIT / 2 - 1) * inverse(BigInt(multiplier))) % BigInt(LIMIT));
      await expectScaled(tools, sum, multiplier, 0);
      await expectScaled(tools, sum - LIMIT, multiplier, 0);
    }
    for (const sum of [-LIMIT, LIMIT - 1, 0]) await expectScaled(tools, sum, LIMIT - 1, -3);
  }),

  check('any', 'Any sum is scaled by any factor', async (tools) => {
    for (let round = 0; round < 60; round++) {
      const size = 2 ** tools.rng.uniform(2, 31);
      const sum = Math.round(tools.rng.uniform(-1, 1) * size);
      const multiplier = tools.rng.integer(LIMIT / 2, LIMIT - 1);
      await expectScaled(tools, sum, multiplier, -tools.rng.integer(0, 24));
    }
  }),

  check('refuses', 'A factor outside the range is refused', async ({ call }) => {
    for (const real of [0, -0.25, 0.75, 2 ** -31, NaN, Infinity]) {
      await expectThrows(() => call('toFixedPoint', [real]), {
        when: `for ${real}`,
        mentions: { pattern: /real/, words: 'the argument real' },
      });
    }
  }),
]);
