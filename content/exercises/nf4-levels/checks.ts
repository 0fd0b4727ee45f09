import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const CODED = { codes: 'Uint8Array', scales: 'numbers' } as const;

/** The published table, of four bits. */
const NF4 = [
  -1, -0.6961928, -0.5250731, -0.3949175, -0.2844414, -0.1847734, -0.09105, 0, 0.0795803, 0.1609302,
  0.2461123, 0.3379152, 0.4407098, 0.562617, 0.7229568, 1,
];

/** The share of a bell below x, by Simpson’s rule from the middle. */
function shareBelow(x: number): number {
  const parts = 2000;
  const density = (t: number): number => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let i = 1; i < parts; i++) sum += (i % 2 === 1 ? 4 : 2) * density((x * i) / parts);
  return 0.5 + (sum * x) / parts / 3;
}

/** The code of a weight, found by trying every level. */
function nearest(table: number[], x: number): number {
  const off = table.map((level) => Math.abs(level - x));
  return off.indexOf(Math.min(...off));
}

/** A table whose middles are exact, and weights that are not near them. */
const TABLE = [-1, -0.5, -0.25, 0, 0.125, 0.5, 1];

function encoded(weights: number[], table: number[], size: number) {
  const scales: number[] = [];
  for (let from = 0; from < weights.length; from += size)
    scales.push(Math.max(...weights.slice(from, from + size).map(Math.abs)));
  const codes = weights.map((w, i) => {
    const scale = scales[Math.floor(i / size)]!;
    return nearest(table, scale === 0 ? 0 : w / scale);
  });
  return { codes, scales };
}

async function expectCoded(
  call: CheckTools['call'],
  weights: number[],
  table: number[],
  size: number,
): Promise<void> {
  const right = encoded(weights, table, size);
  const answer = await call('encode', [weights, table, size], CODED);
  const where = `of ${weights.length} weights in blocks of ${size}`;
  expectArrayClose(answer.scales, right.scales, { relative: 1e-9, label: `scales ${where}` });
  expectArrayEqual(answer.codes, right.codes, { label: `codes ${where}` });
}

export default defineChecks([
  check('four-bits', 'Sixteen levels are those of NF4', async ({ call }) => {
    expectArrayClose(await call('levels', [4], 'numbers'), NF4, { label: 'levels(4)' });
  }),

  check(
    'any-bits',
    'Equal shares of the bell lie between the levels of a side',
    async ({ call }) => {
      for (const bits of [2, 3, 5, 8]) {
        const found = Array.from(await call('levels', [bits], 'numbers'));
        const above = 2 ** (bits - 1);
        const rho = 1 - (1 / (4 * above - 2) + 1 / (4 * above)) / 2;
        // The end, undone: the place with the share rho below it.
        let [low, high] = [0, 4];
        for (let step = 0; step < 50; step++) {
          const middle = (low + high) / 2;
          if (shareBelow(middle) < rho) low = middle;
          else high = middle;
        }
        const wanted = Array.from({ length: 2 * above }, (_, i) => {
          const at = i - (above - 1);
          return 0.5 + ((rho - 0.5) * at) / (at < 0 ? above - 1 : above);
        });
        expectArrayClose(
          found.map((level) => shareBelow(level * low)),
          wanted,
          { label: `shares of the bell below the levels of ${bits} bits` },
        );
      }
    },
  ),

  check('one-block', 'A weight gets the nearest level', async ({ call, rng }) => {
    await expectCoded(call, [2, -1, 0.2, 1.1, -0.9], TABLE, 5);
    await expectCoded(call, Array.from(rng.normals(30)), NF4, 30);
    await expectCoded(call, Array.from(rng.normals(30, 0, 0.01)), NF4, 64);
  }),

  check(
    'blocks',
    'Each block has its own scale, and the last what is left',
    async ({ call, rng }) => {
      await expectCoded(call, [1, 0.4, 100, 20, -0.03], TABLE, 2);
      await expectCoded(call, Array.from(rng.normals(50)), NF4, 8);
      await expectCoded(call, Array.from(rng.normals(7)), NF4, 1);
    },
  ),

  check(
    'edges',
    'Halves go to the lower level, and a block of zeros to level 0',
    async ({ call }) => {
      await expectCoded(call, [1, 0.0625, 0.3125, -0.75, -0.375], TABLE, 5);
      await expectCoded(call, [2, -1, 0.2, 0, 0], [-1, 0, 0.5, 1], 3);
    },
  ),

  check(
    'decode',
    'A code stands for its level times the scale of its block',
    async ({ call, rng }) => {
      const codes = Uint8Array.from({ length: 23 }, () => rng.integer(0, 15));
      const scales = Array.from({ length: 4 }, () => rng.uniform(0.1, 5));
      expectArrayClose(
        await call('decode', [codes, scales, NF4, 6], 'numbers'),
        Array.from(codes, (code, i) => NF4[code]! * scales[Math.floor(i / 6)]!),
        { label: 'restored' },
      );
    },
  ),

  check('refuses', 'A blockSize that is none is refused by name', async ({ call }) => {
    for (const size of [0, -3, 1.5, NaN]) {
      await expectThrows(() => call('encode', [[1, 2], TABLE, size]), {
        when: `for blockSize ${size}`,
        mentions: { pattern: /blockSize/, words: 'the argument blockSize' },
      });
    }
  }),
]);
