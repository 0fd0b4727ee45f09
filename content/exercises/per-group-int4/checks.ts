import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const KIND = { codes: 'Int8Array', scales: 'numbers', bytes: 'integer' } as const;

interface Grouped {
  codes: number[];
  scales: number[];
  bytes: number;
}

/** The rule once more, unit by unit. */
function wanted(weights: number[], inputs: number, units: number, groupSize: number): Grouped {
  const groups = Math.floor((inputs + groupSize - 1) / groupSize);
  const scales = new Array<number>(groups * units).fill(1);
  const codes = new Array<number>(weights.length).fill(0);
  for (let unit = 0; unit < units; unit++) {
    for (let group = 0; group < groups; group++) {
      const members: number[] = [];
      for (let i = group * groupSize; i < inputs && i < (group + 1) * groupSize; i++)
        members.push(i * units + unit);
      const largest = Math.max(...members.map((i) => Math.abs(weights[i]!)));
      const scale = largest === 0 ? 1 : largest / 7;
      scales[group * units + unit] = scale;
      for (const i of members) {
        const steps = Math.abs(weights[i]!) / scale;
        const size = Math.min(7, Math.floor(steps) + (steps % 1 >= 0.5 ? 1 : 0));
        codes[i] = Math.sign(weights[i]!) * size + 0;
      }
    }
  }
  return { codes, scales, bytes: ((weights.length + 1) >> 1) + 2 * scales.length };
}

async function expectGroups(
  call: CheckTools['call'],
  weights: number[],
  inputs: number,
  units: number,
  groupSize: number,
): Promise<void> {
  const right = wanted(weights, inputs, units, groupSize);
  const answer = await call('quantizeGroups', [weights, inputs, units, groupSize], KIND);
  const where = `of [${inputs}, ${units}] in groups of ${groupSize}`;
  expectArrayClose(answer.scales, right.scales, { relative: 1e-9, label: `scales ${where}` });
  expectArrayEqual(answer.codes, right.codes, { label: `codes ${where}` });
}

const normals = (rng: CheckTools['rng'], count: number): number[] => Array.from(rng.normals(count));

export default defineChecks([
  check('one-unit', 'The inputs of one unit are cut into groups', async ({ call, rng }) => {
    await expectGroups(call, [7, -3.5, 70, 15, 0.7, 0.1], 6, 1, 2);
    await expectGroups(call, normals(rng, 12), 12, 1, 3);
  }),

  check(
    'many-units',
    'Groups run along the inputs, each unit for itself',
    async ({ call, rng }) => {
      await expectGroups(call, [7, 0.7, -14, 0.35, 70, 0, 1, 1], 4, 2, 2);
      for (const [inputs, units, size] of [
        [6, 4, 3],
        [8, 3, 2],
        [4, 5, 4],
        [5, 2, 1],
      ] as const)
        // prettier-ignore
        await expectGroups(call, normals(rng, inputs * units), inputs, units, size);
    },
  ),

  check('short-group', 'The last group has what is left', async ({ call, rng }) => {
    await expectGroups(call, [7, 0.7, -14, 0.35, 70, 0], 3, 2, 2);
    await expectGroups(call, normals(rng, 21), 7, 3, 4);
    await expectGroups(call, normals(rng, 6), 3, 2, 10);
  }),

  check(
    'edges',
    'Halves go away from zero, and a group of zeros has the scale 1',
    async ({ call }) => {
      await expectGroups(call, [7, 0.5, -0.5, -1.5, 2.5, 0], 6, 1, 6);
      await expectGroups(call, [0, 0, 1, -7], 4, 1, 2);
    },
  ),

  check('bytes', 'Two codes take a byte and a scale takes two', async ({ call, rng }) => {
    for (const [inputs, units, size] of [
      [3, 2, 2],
      [3, 3, 1],
      [16, 4, 8],
      [5, 1, 2],
    ] as const) {
      // prettier-ignore
      const weights = normals(rng, inputs * units);
      const answer = await call('quantizeGroups', [weights, inputs, units, size], KIND);
      expectEqual(answer.bytes, wanted(weights, inputs, units, size).bytes, {
        label: `bytes of [${inputs}, ${units}] in groups of ${size}`,
      });
    }
  }),

  check('sums', 'A sum takes each group at its own scale', async ({ call, rng }) => {
    const cases: [number, number, number][] = [[3, 2, 2], [8, 3, 4], [7, 4, 3], [4, 1, 4]]; // prettier-ignore
    for (const [inputs, units, size] of cases) {
      const { codes, scales } = wanted(normals(rng, inputs * units), inputs, units, size);
      const x = Array.from({ length: inputs }, () => rng.integer(-128, 127));
      const sums = Array.from({ length: units }, (_, j) =>
        x.reduce(
          (sum, value, i) =>
            sum + value * codes[i * units + j]! * scales[Math.floor(i / size) * units + j]!,
          0,
        ),
      );
      const answer = await call(
        'sumInGroups',
        [x, Int8Array.from(codes), scales, units, size],
        'numbers',
      );
      expectArrayClose(answer, sums, { tolerance: 1e-9, relative: 1e-9, label: 'sums' });
    }
  }),

  check('refuses', 'A groupSize that is none is refused by name', async ({ call }) => {
    for (const size of [0, -2, 1.5, NaN]) {
      await expectThrows(() => call('quantizeGroups', [[1, 2], 2, 1, size]), {
        when: `for groupSize ${size}`,
        mentions: { pattern: /groupSize/, words: 'the argument groupSize' },
      });
    }
    await expectThrows(() => call('sumInGroups', [[1], Int8Array.of(1), [1], 1, 0]), {
      when: 'for groupSize 0',
      mentions: { pattern: /groupSize/, words: 'the argument groupSize' },
    });
  }),
]);
