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

type Range = [min: number, max: number];
const params = { scale: 'number', zeroPoint: 'number' } as const;

async function expectParams({ callEach }: CheckTools, ...ranges: Range[]): Promise<void> {
  for (const [range, answer] of callEach('chooseScaleAndZeroPoint', ranges, (each) => each, params))
    expectParamsOf(range, await answer());
}

/** Both rules of a good answer: the scale to nine digits, and a whole code of 0 nearest to the exact one. */
function expectParamsOf([min, max]: Range, answer: { scale: number; zeroPoint: number }): void {
  const wanted = exactParams(min, max);
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
  check('steps', 'The codes reach from one end of the range to the other', async (tools) => {
    await expectParams(tools, [-51, 204], [-127, 128]);
  }),

  check(
    'one-sided',
    'A range that begins or ends at 0 uses all its codes on one side',
    async (tools) => {
      await expectParams(tools, [0, 5.1], [-12.75, 0], [0, tools.rng.uniform(0.5, 40)]);
    },
  ),

  check('holds-zero', 'A range that leaves 0 out is widened to it', async (tools) => {
    const near = tools.rng.uniform(0.1, 3);
    const far = near + tools.rng.uniform(0.1, 3);
    await expectParams(tools, [2, 10.2], [-5.1, -1], [near, far]);
  }),

  check('single-point', 'A range of one number has codes for it and for 0', async (tools) => {
    await expectParams(tools, [5.1, 5.1], [-5.1, -5.1]);
  }),

  check('any-range', 'Any range has its scale and zero point', async (tools) => {
    const { rng } = tools;
    const ranges = Array.from({ length: 40 }, (): Range => {
      const width = 10 ** rng.uniform(-4, 6);
      const min = rng.uniform(-1.5, 0.5) * width;
      return [min, min + rng.uniform(0.1, 1) * width];
    });
    await expectParams(tools, ...ranges);
  }),

  check('repeats', 'The same range gets the same answer again', async ({ call, rng }) => {
    const range = [rng.uniform(-3, 0), rng.uniform(0.5, 3)];
    const first = await call('chooseScaleAndZeroPoint', range);
    await call('chooseScaleAndZeroPoint', [-51, 204]);
    const again = await call('chooseScaleAndZeroPoint', range, params);
    expectEqual(again, first, { label: 'the second answer' });
  }),

  check('refuses', 'A range that is none is refused by name', async ({ callEach }) => {
    const wrong: [min: number, max: number, name: string][] = [
      [NaN, 1, 'min'],
      [-Infinity, 1, 'min'],
      [0, NaN, 'max'],
      [0, Infinity, 'max'],
      [3, -3, 'min'],
    ];
    for (const [[min, max, name], answer] of callEach('chooseScaleAndZeroPoint', wrong, (each) =>
      each.slice(0, 2),
    )) {
      await expectThrows(answer, {
        when: `for min ${min} and max ${max}`,
        mentions: { pattern: new RegExp(name), words: `the argument ${name}` },
      });
    }
  }),
]);
