import {
  check,
  defineChecks,
  expectArrayClose,
  expectClose,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

const kind = { dx: 'Float32Array', dMin: 'number', dMax: 'number' } as const;

interface Ends {
  low: number;
  high: number;
  step: number;
}

/** The rule, worked out once more. */
function nudgedEnds(min: number, max: number, bits: number): Ends {
  const step = (max - min) / (2 ** bits - 1);
  const below = Math.floor(-min / step + 0.5);
  return { low: -below * step, high: (2 ** bits - 1 - below) * step, step };
}

/** A range whose zero lies clearly nearer to one code than to another. */
function someRange(rng: Rng, bits: number): [number, number] {
  for (;;) {
    const width = 10 ** rng.uniform(-1, 2);
    const min = -rng.uniform(0, 1) * width;
    const over = (-min / (width / (2 ** bits - 1))) % 1;
    if (Math.abs(over - 0.5) > 0.02) return [min, min + width];
  }
}

/** Values inside and outside, none within a hundredth of a step of an end: there the last bit would decide. */
function someValues(rng: Rng, { low, high, step }: Ends, count: number): Float32Array {
  const width = high - low;
  return Float32Array.from({ length: count }, () => {
    const value = rng.uniform(low - 0.4 * width, high + 0.4 * width);
    const isAtEnd = [low, high].some((end) => Math.abs(value - end) < 0.01 * step);
    return isAtEnd ? (low + high) / 2 : value;
  });
}

async function expectGradients(
  call: CheckTools['call'],
  x: Float32Array,
  upstream: Float32Array,
  range: [number, number],
  bits: number,
): Promise<void> {
  const { low, high } = nudgedEnds(...range, bits);
  const answer = await call('fakeQuantGradient', [x, upstream, ...range, bits], kind);
  const sum = (counts: (value: number) => boolean): number =>
    upstream.reduce((total, one, i) => total + (counts(x[i]!) ? one : 0), 0);
  expectArrayClose(
    answer.dx,
    upstream.map((one, i) => (x[i]! < low || x[i]! > high ? 0 : one)),
    { label: 'dx' },
  );
  expectClose(
    answer.dMin,
    sum((value) => value < low),
    { tolerance: 1e-4, label: 'dMin' },
  );
  expectClose(
    answer.dMax,
    sum((value) => value > high),
    { tolerance: 1e-4, label: 'dMax' },
  );
}

export default defineChecks([
  check('inside', 'Inside the range gradients pass unchanged', async ({ call, rng }) => {
    const x = rng.floats(40, -9, 50);
    await expectGradients(call, x, rng.normals(40), [-10, 53.75], 8);
  }),

  check('ends', 'The ends themselves lie inside', async ({ call }) => {
    const x = Float32Array.of(-10, 53.75, 0);
    await expectGradients(call, x, Float32Array.of(4, 2, 3), [-10, 53.75], 8);
    // With 2 bits a range from −1 to 2 has the steps −1, 0, 1 and 2.
    await expectGradients(call, Float32Array.of(-1, 2), Float32Array.of(-7, 9), [-1, 2], 2);
  }),

  check(
    'outside',
    'What lies outside goes to its own end, and to it alone',
    async ({ call, rng }) => {
      const x = Float32Array.of(-10.1, -10, 0, 53.75, 54);
      await expectGradients(call, x, Float32Array.of(5, 4, 3, 2, 1), [-10, 53.75], 8);
      const below = rng.floats(6, -90, -20);
      await expectGradients(call, below, rng.floats(6, 0.5, 2), [-10, 53.75], 8);
      const above = rng.floats(5, 60, 90);
      await expectGradients(call, above, rng.floats(5, 0.5, 2), [-10, 53.75], 8);
    },
  ),

  check('nudged', 'The ends are those of the nudged range', async ({ call }) => {
    // −0.1 … 1 becomes −0.0733 … 1.0267 with 4 bits.
    const x = Float32Array.of(-0.09, -0.05, 1.01, 1.05);
    await expectGradients(call, x, Float32Array.of(1, 2, 4, 8), [-0.1, 1], 4);
  }),

  check('any-range', 'Any range and any width of code', async ({ call, rng }) => {
    for (let round = 0; round < 30; round++) {
      const bits = rng.integer(2, 8);
      const range = someRange(rng, bits);
      const x = someValues(rng, nudgedEnds(...range, bits), 30);
      await expectGradients(call, x, rng.normals(30), range, bits);
    }
  }),

  check('one-sided', 'A range that begins or ends at zero', async ({ call }) => {
    const x = Float32Array.of(-0.5, 0, 3, 5.2);
    await expectGradients(call, x, Float32Array.of(1, 2, 4, 8), [0, 5.1], 8);
    await expectGradients(call, x, Float32Array.of(1, 2, 4, 8), [-5.1, 0], 8);
  }),

  check('empty', 'No values have no gradients', async ({ call }) => {
    await expectGradients(call, new Float32Array(0), new Float32Array(0), [-1, 1], 8);
  }),

  check('refuses', 'Too few gradients, or too many, are refused', async ({ call }) => {
    for (const count of [2, 4]) {
      const args = [new Float32Array(3), new Float32Array(count), -1, 1, 8];
      await expectThrows(() => call('fakeQuantGradient', args), {
        when: `for 3 values with ${count} gradients`,
        mentions: { pattern: /upstream/, words: 'the argument upstream' },
      });
    }
  }),
]);
