import {
  check,
  defineChecks,
  expectClose,
  expectEqual,
  expectThrows,
  expectTrue,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

/** The rule, worked out once more: the scale and the code of 0 before it is rounded. */
function exactParams(min: number, max: number): { scale: number; zeroCode: number } {
  const low = Math.min(min, 0);
  const scale = (Math.max(max, 0) - low) / 255;
  return { scale, zeroCode: -128 - low / scale };
}

/** Both rules of a good answer: the scale to nine digits, and a whole code of 0 nearest to the exact one. */
async function expectParams(call: CheckTools['call'], min: number, max: number): Promise<void> {
  const wanted = exactParams(min, max);
  const answer = await call('chooseScaleAndZeroPoint', [min, max], {
    scale: 'number',
    zeroPoint: 'number',
  });
  expectClose(answer.scale, wanted.scale, { relative: 1e-9, label: 'scale' });
  expectTrue(
    Number.isInteger(answer.zeroPoint),
    'zeroPoint is a code, so it must be a whole number.',
    {
      got: answer.zeroPoint,
      expected: Math.round(wanted.zeroCode),
    },
  );
  // Halfway between two codes the last bit of the arithmetic decides: both are right.
  expectTrue(
    Math.abs(answer.zeroPoint - wanted.zeroCode) <= 0.5 + 1e-6,
    `zeroPoint should be ${Math.round(wanted.zeroCode)}; it is ${answer.zeroPoint}.`,
    { got: answer.zeroPoint, expected: Math.round(wanted.zeroCode) },
  );
}

export default defineChecks([
  check('steps', 'The codes reach from one end of the range to the other', async ({ call }) => {
    await expectParams(call, -51, 204);
    await expectParams(call, -127, 128);
  }),

  check(
    'one-sided',
    'A range that begins or ends at 0 uses all its codes on one side',
    async ({ call, rng }) => {
      await expectParams(call, 0, 5.1);
      await expectParams(call, -12.75, 0);
      await expectParams(call, 0, rng.uniform(0.5, 40));
    },
  ),

  check('holds-zero', 'A range that leaves 0 out is widened to it', async ({ call, rng }) => {
    await expectParams(call, 2, 10.2);
    await expectParams(call, -5.1, -1);
    const near = rng.uniform(0.1, 3);
    await expectParams(call, near, near + rng.uniform(0.1, 3));
  }),

  check('single-point', 'A range of one number has codes for it and for 0', async ({ call }) => {
    await expectParams(call, 5.1, 5.1);
    await expectParams(call, -5.1, -5.1);
  }),

  check('any-range', 'Any range has its scale and zero point', async ({ call, rng }) => {
    for (let round = 0; round < 40; round++) {
      const width = 10 ** rng.uniform(-4, 6);
      const min = rng.uniform(-1.5, 0.5) * width;
      await expectParams(call, min, min + rng.uniform(0.1, 1) * width);
    }
  }),

  check('repeats', 'The same range gets the same answer again', async ({ call, rng }) => {
    const range = [rng.uniform(-3, 0), rng.uniform(0.5, 3)];
    const first = await call('chooseScaleAndZeroPoint', range);
    await call('chooseScaleAndZeroPoint', [-51, 204]);
    const again = await call('chooseScaleAndZeroPoint', range, {
      scale: 'number',
      zeroPoint: 'number',
    });
    expectEqual(again, first, { label: 'the second answer' });
  }),

  check('refuses', 'A range that is none is refused by name', async ({ call }) => {
    const wrong: [number, number, string][] = [
      [NaN, 1, 'min'],
      [-Infinity, 1, 'min'],
      [0, NaN, 'max'],
      [0, Infinity, 'max'],
      [3, -3, 'min'],
    ];
    for (const [min, max, name] of wrong) {
      await expectThrows(() => call('chooseScaleAndZeroPoint', [min, max]), {
        when: `for min ${min} and max ${max}`,
        mentions: { pattern: new RegExp(name), words: `the argument ${name}` },
      });
    }
  }),
]);
