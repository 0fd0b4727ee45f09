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

type Scaling = [sum: number, multiplier: number, shift: number];

async function expectScaled({ callEach }: CheckTools, ...scalings: Scaling[]): Promise<void> {
  for (const [args, answer] of callEach('scaleSum', scalings, (each) => each, 'integer'))
    expectEqual(await answer(), scaled(...args), { label: `scaleSum(${args.join(', ')})` });
}

const split = { multiplier: 'integer', shift: 'integer' } as const;

async function expectSplits({ callEach }: CheckTools, ...reals: number[]): Promise<void> {
  for (const [real, answer] of callEach('toFixedPoint', reals, (each) => [each], split))
    expectSplitOf(real, await answer());
}

function expectSplitOf(real: number, answer: { multiplier: number; shift: number }): void {
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
    const drawn = Array.from({ length: 30 }, () => 2 ** tools.rng.uniform(-30.9, -1));
    await expectSplits(tools, 0.25, 0.5, 0.003, 1 / 3, 2 ** -30, ...drawn);
  }),

  check('carry', 'A fraction that rounds up to 1 is carried into the shift', async (tools) => {
    const powers = [-2, -5, -tools.rng.integer(6, 20)];
    await expectSplits(tools, ...powers.map((power) => 2 ** power * (1 - 2 ** -40)));
  }),

  check('example', 'The table of the statement comes out', async (tools) => {
    const answer = await tools.call('toFixedPoint', [0.003]);
    expectEqual(answer, { multiplier: 1649267442, shift: -8 });
    await expectScaled(tools, [1000, 1840600350, -9], [-16427, 1840600350, -9]);
  }),

  check('first-half', 'After the product an exact half goes up', async (tools) => {
    const sums = [-1, 1, -3, 3, -2001, 2001];
    await expectScaled(tools, ...sums.map((sum): Scaling => [sum, LIMIT / 2, 0]));
  }),

  check('second-half', 'After the shift an exact half goes away from zero', async (tools) => {
    await expectScaled(
      tools,
      ...[-6, 6, -10, 10, -2002, 2002].map((sum): Scaling => [sum, LIMIT / 2, -1]),
      ...[-24, 24, -8, 8].map((sum): Scaling => [sum, LIMIT / 2, -3]),
    );
  }),

  check('twice', 'The product is rounded before it is shifted', async (tools) => {
    const multiplier = 1840600350;
    const found: Scaling[] = [];
    for (let sum = tools.rng.integer(-200000, 0); found.length < 8; sum++) {
      const once = Math.round((sum * multiplier) / 2 ** 40);
      if (once !== scaled(sum, multiplier, -9)) found.push([sum, multiplier, -9]);
    }
    await expectScaled(tools, ...found);
  }),

  check('exact', 'No bit of a product of 62 is lost', async (tools) => {
    const drawn = Array.from({ length: 12 }, (): Scaling[] => {
      // A product that is one less than a half: it must not go up.
      const multiplier = LIMIT / 2 + 2 * tools.rng.integer(2 ** 20, LIMIT / 4 - 1) + 1;
      const sum = Number((BigInt(LIMIT / 2 - 1) * inverse(BigInt(multiplier))) % BigInt(LIMIT));
      return [
        [sum, multiplier, 0],
        [sum - LIMIT, multiplier, 0],
      ];
    });
    const ends = [-LIMIT, LIMIT - 1, 0].map((sum): Scaling => [sum, LIMIT - 1, -3]);
    await expectScaled(tools, ...drawn.flat(), ...ends);
  }),

  check('any', 'Any sum is scaled by any factor', async (tools) => {
    const drawn = Array.from({ length: 60 }, (): Scaling => {
      const size = 2 ** tools.rng.uniform(2, 31);
      const sum = Math.round(tools.rng.uniform(-1, 1) * size);
      const multiplier = tools.rng.integer(LIMIT / 2, LIMIT - 1);
      return [sum, multiplier, -tools.rng.integer(0, 24)];
    });
    await expectScaled(tools, ...drawn);
  }),

  check('refuses', 'A factor outside the range is refused', async ({ callEach }) => {
    const wrong = [0, -0.25, 0.75, 2 ** -31, NaN, Infinity];
    for (const [real, answer] of callEach('toFixedPoint', wrong, (each) => [each])) {
      await expectThrows(answer, {
        when: `for ${real}`,
        mentions: { pattern: /real/, words: 'the argument real' },
      });
    }
  }),
]);
