import { check, defineChecks, expectClose, expectEqual } from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

/** How much wider the range is for the sake of one sheet, worked out over all the values at once. */
function narrowingOf(samples: Float32Array[], sample: number): number {
  const width = (sheets: Float32Array[]): number => {
    const all = sheets.flatMap((sheet) => [...sheet]);
    return Math.max(0, ...all) - Math.min(0, ...all);
  };
  return width(samples) / width(samples.filter((_, other) => other !== sample));
}

/** Sheets as a ReLU sends them on: many zeros, nothing negative. */
const inked = (rng: Rng, count: number, values = 60): Float32Array[] =>
  Array.from({ length: count }, () => rng.normals(values, 0, 2).map((value) => Math.max(0, value)));

async function expectPoisoned(
  { call }: CheckTools,
  samples: Float32Array[],
  sample: number,
): Promise<void> {
  const answer = await call('findPoisoned', [samples], { sample: 'integer', narrowing: 'number' });
  expectEqual(answer.sample, sample, { label: 'the sample' });
  expectClose(answer.narrowing, narrowingOf(samples, sample), {
    relative: 1e-6,
    label: 'the narrowing',
  });
}

export default defineChecks([
  check('example', 'The sheet that makes the range four times too wide is found', async (tools) => {
    const sheets = [[0, 1, 3], [0, 2, 2], [-1, 0, 12]].map((values) => new Float32Array(values)); // prettier-ignore
    await expectPoisoned(tools, sheets, 2);
  }),

  check('speck', 'One value among a hundred sheets is enough', async (tools) => {
    const { rng } = tools;
    for (let round = 0; round < 5; round++) {
      const sheets = inked(rng, 100);
      const guilty = rng.integer(0, 99);
      sheets[guilty]![rng.integer(0, 59)] = rng.uniform(30, 500);
      await expectPoisoned(tools, sheets, guilty);
    }
  }),

  check('below-zero', 'Poison below zero is found as well', async (tools) => {
    const { rng } = tools;
    const sheets = Array.from({ length: 30 }, () => rng.normals(50, 0, 1));
    const guilty = rng.integer(0, 29);
    sheets[guilty]![rng.integer(0, 49)] = -rng.uniform(20, 200);
    await expectPoisoned(tools, sheets, guilty);
  }),

  check('heavy-hand', 'An honest sheet full of ink is let go', async (tools) => {
    const { rng } = tools;
    const sheets = inked(rng, 20);
    const heavy = rng.integer(0, 9);
    sheets[heavy] = new Float32Array(60).fill(5);
    const guilty = rng.integer(10, 19);
    sheets[guilty] = new Float32Array(60);
    sheets[guilty]![3] = 60;
    await expectPoisoned(tools, sheets, guilty);
  }),

  check(
    'far-from-zero',
    'A sheet of which every value lies far out is found, and 0 always counts',
    async (tools) => {
      const { rng } = tools;
      const sheets = Array.from({ length: 12 }, () => rng.floats(40, 3, 4));
      const guilty = rng.integer(0, 11);
      sheets[guilty] = rng.floats(40, 50, 51);
      await expectPoisoned(tools, sheets, guilty);
    },
  ),

  check('lengths', 'Sheets need not be equally long', async (tools) => {
    const { rng } = tools;
    const sheets = [...inked(rng, 6, 90), ...inked(rng, 6, 8), new Float32Array([44])];
    await expectPoisoned(tools, sheets, 12);
  }),

  check('honest-drawer', 'In an honest drawer nobody is accused', async ({ call, rng }) => {
    const sheets = inked(rng, 40).map((sheet) => sheet.map((value) => Math.min(value, 3)));
    sheets[rng.integer(0, 39)]![0] = 5.5; // the widest, and less than twice as wide
    expectEqual(await call('findPoisoned', [sheets]), null, { label: 'an honest drawer' });
    expectEqual(await call('findPoisoned', [[]]), null, { label: 'an empty drawer' });
    expectEqual(await call('findPoisoned', [[new Float32Array([0, 9])]]), null, {
      label: 'a single sheet',
    });
  }),

  check('hidden', 'Two equally bad sheets hide each other', async ({ call, rng }) => {
    const sheets = inked(rng, 20);
    sheets[4]![1] = 90;
    sheets[13]![2] = 90;
    expectEqual(await call('findPoisoned', [sheets]), null, { label: 'a drawer with two' });
  }),

  check('exactly-twice', 'Twice is enough', async (tools) => {
    const sheets = [[0, 4], [1, 8], [2, 3]].map((values) => new Float32Array(values)); // prettier-ignore
    await expectPoisoned(tools, sheets, 1);
  }),
]);
