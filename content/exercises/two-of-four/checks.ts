import { sparsity as engine } from 'heavy-weights';
import {
  check,
  defineChecks,
  expectArrayEqual,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

/** The engine's own mask, as rows. */
function byEngine(kernel: number[][]): number[][] {
  const mask = engine.mByNMask(kernel, [2, 4]);
  const rows = mask.arraySync() as number[][];
  mask.dispose();
  return rows;
}

async function expectMask(call: CheckTools['call'], kernel: number[][]): Promise<void> {
  const got = await call('twoOfFour', [kernel], ['numbers']);
  const wanted = byEngine(kernel);
  expectEqual(got.length, wanted.length, { label: 'the number of rows' });
  wanted.forEach((row, input) => {
    expectArrayEqual(got[input]!, row, { label: `the mask of input ${input}` });
  });
}

function someKernel(rng: CheckTools['rng'], inputs: number, units: number): number[][] {
  return Array.from({ length: inputs }, () => Array.from(rng.normals(units, 0, 0.3)));
}

export default defineChecks([
  check('example', 'The kernel of the statement is masked', async ({ call }) => {
    const kernel = [
      [0.7, 0.1],
      [-0.9, 0.2],
      [0.1, -0.4],
      [0.7, 0.3],
      [0, 0.01],
    ];
    const wanted = [
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 1],
    ];
    const got = await call('twoOfFour', [kernel], ['numbers']);
    expectEqual(got.length, 5, { label: 'the number of rows' });
    wanted.forEach((row, input) => {
      expectArrayEqual(got[input]!, row, { label: `the mask of input ${input}` });
    });
  }),

  check('fours', 'In each four of a unit the two largest are kept', async ({ call, rng }) => {
    for (let round = 0; round < 3; round++) {
      await expectMask(call, someKernel(rng, 4 * rng.integer(2, 5), rng.integer(3, 9)));
    }
    // All the large weights in one four.
    await expectMask(call, [[5], [-6], [7], [-8], [0.1], [0.2], [-0.3], [0.4]]);
  }),

  check('ties', 'Of equal weights those with the lower inputs are kept', async ({ call, rng }) => {
    await expectMask(call, [[0.5], [0.5], [-0.5], [0.5]]);
    await expectMask(call, [[0], [0], [0], [0]]);
    const sizes = [0.25, 0.5, 1];
    const kernel = Array.from({ length: 16 }, () =>
      Array.from(
        { length: 4 },
        () => sizes[rng.integer(0, 2)]! * (rng.uniform(0, 1) < 0.5 ? -1 : 1),
      ),
    );
    await expectMask(call, kernel);
  }),

  check('last-four', 'A last four that is not full is filled up with zeros', async (tools) => {
    const { call, rng } = tools;
    for (const inputs of [1, 2, 3, 5, 6, 7]) await expectMask(call, someKernel(rng, inputs, 3));
  }),

  check('one-unit', 'One unit, and more units than inputs', async ({ call, rng }) => {
    await expectMask(call, someKernel(rng, 12, 1));
    await expectMask(call, someKernel(rng, 4, 11));
  }),

  check('repeats', 'The same kernel gets the same mask again', async ({ call, rng }) => {
    const kernel = someKernel(rng, 8, 3);
    const first = await call('twoOfFour', [kernel], ['numbers']);
    await call('twoOfFour', [someKernel(rng, 8, 3)], ['numbers']);
    const again = await call('twoOfFour', [kernel], ['numbers']);
    expectEqual(again, first, { label: 'the second mask' });
  }),

  check('refuses', 'Rows of different lengths are refused', async ({ call }) => {
    await expectThrows(() => call('twoOfFour', [[[1, 2], [3]]]), {
      when: 'for rows of 2 and 1 weights',
      mentions: { pattern: /kernel/, words: 'the argument kernel' },
    });
  }),
]);
