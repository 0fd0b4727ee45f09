import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

/** The rule once more, by walking over all indices of the shape. */
function wanted(
  values: number[],
  shape: number[],
  axis: number,
  numBits: number,
): { scales: number[]; codes: number[] } {
  const last = 2 ** (numBits - 1) - 1;
  const place = new Array<number>(shape.length).fill(0);
  const channels = values.map(() => {
    const channel = place[axis]!;
    for (let d = shape.length - 1; d >= 0; d--) {
      place[d]! += 1;
      if (place[d]! < shape[d]!) break;
      place[d] = 0;
    }
    return channel;
  });
  const scales = Array.from({ length: shape[axis]! }, (_, c) => {
    const sizes = values.filter((_value, i) => channels[i] === c).map(Math.abs);
    const largest = Math.max(...sizes);
    return largest === 0 ? 1 : largest / last;
  });
  const codes = values.map((value, i) => {
    const steps = Math.abs(value) / scales[channels[i]!]!;
    return Math.sign(value) * Math.min(last, Math.floor(steps) + (steps % 1 >= 0.5 ? 1 : 0)) + 0;
  });
  return { scales, codes };
}

type Table = [values: number[], shape: number[], axis: number, numBits: number];

const kind = { scales: 'numbers', codes: 'Int8Array' } as const;

async function expectTables({ callEach }: CheckTools, ...tables: Table[]): Promise<void> {
  for (const [table, given] of callEach('quantizePerChannel', tables, (each) => each, kind)) {
    const answer = await given();
    const [, shape, axis] = table;
    const right = wanted(...table);
    const where = `of shape [${shape.join(', ')}] along axis ${axis}`;
    expectArrayClose(answer.scales, right.scales, { relative: 1e-9, label: `scales ${where}` });
    expectArrayEqual(answer.codes, right.codes, { label: `codes ${where}` });
  }
}

const normals = (rng: CheckTools['rng'], count: number): number[] => Array.from(rng.normals(count));

export default defineChecks([
  check(
    'last-axis',
    'Along the last axis neighbours belong to different channels',
    async (tools) => {
      const four = [127, 2, -50, -25.4];
      await expectTables(tools, [four, [2, 2], 1, 8], [normals(tools.rng, 24), [6, 4], 1, 8]);
    },
  ),

  check('any-axis', 'Any axis of any shape can have the scales', async (tools) => {
    const shapes = [[2, 2], [5, 3], [3, 3, 4, 1], [2, 3, 2, 5], [4, 3, 3, 2], [7]]; // prettier-ignore
    const tables = shapes.flatMap((shape) => {
      const count = shape.reduce((product, size) => product * size, 1);
      return shape.map((_, axis): Table => [normals(tools.rng, count), shape, axis, 8]);
    });
    await expectTables(tools, ...tables);
  }),

  check(
    'negative',
    'A channel whose largest value is negative is measured by its size',
    async (tools) => {
      await expectTables(tools, [[-12.7, 0.5, 3, -0.25], [2, 2], 1, 8]);
    },
  ),

  check('bits', 'The last code follows from the bits', async (tools) => {
    const widths = [2, 3, 4, 6];
    await expectTables(
      tools,
      ...widths.map((numBits): Table => [normals(tools.rng, 20), [4, 5], 1, numBits]),
    );
  }),

  check('halves', 'An exact half goes away from zero', async (tools) => {
    await expectTables(tools, [[127, 0.5, -0.5, 1.5, -1.5, -2.5], [6, 1], 1, 8]);
  }),

  check('zeros', 'A channel of zeros has the scale 1 and codes 0', async (tools) => {
    await expectTables(tools, [[0, 7, 0, -3.5], [2, 2], 1, 4], [[0, 0, 0], [3, 1], 1, 8]);
  }),

  check('repeats', 'The same values get the same answer again', async ({ call, rng }) => {
    const values = normals(rng, 12);
    const first = await call('quantizePerChannel', [values, [3, 4], 1, 8], kind);
    await call('quantizePerChannel', [[1, 2], [2], 0, 4]);
    expectEqual(await call('quantizePerChannel', [values, [3, 4], 1, 8], kind), first);
  }),

  check('refuses', 'What does not fit is refused by name', async ({ call }) => {
    for (const axis of [2, -1]) {
      await expectThrows(() => call('quantizePerChannel', [[1, 2, 3, 4], [2, 2], axis, 8]), {
        when: `for axis ${axis} of two`,
        mentions: { pattern: /axis/, words: 'the argument axis' },
      });
    }
    await expectThrows(() => call('quantizePerChannel', [[1, 2, 3], [2, 2], 0, 8]), {
      when: 'for three values in a shape of four',
      mentions: { pattern: /values/, words: 'the argument values' },
    });
  }),
]);
