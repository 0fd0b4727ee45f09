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

type Case = [x: Float32Array, upstream: Float32Array, range: [number, number], bits: number];

async function expectGradients({ callEach }: CheckTools, ...cases: Case[]): Promise<void> {
  for (const [each, answer] of callEach(
    'fakeQuantGradient',
    cases,
    ([x, upstream, range, bits]) => [x, upstream, ...range, bits],
    kind,
  ))
    expectGradientsOf(each, await answer());
}

function expectGradientsOf(
  [x, upstream, range, bits]: Case,
  answer: { dx: ArrayLike<number>; dMin: number; dMax: number },
): void {
  const { low, high } = nudgedEnds(...range, bits);
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
  check('inside', 'Inside the range gradients pass unchanged', async (tools) => {
    const x = tools.rng.floats(40, -9, 50);
    await expectGradients(tools, [x, tools.rng.normals(40), [-10, 53.75], 8]);
  }),

  check('ends', 'The ends themselves lie inside', async (tools) => {
    const x = Float32Array.of(-10, 53.75, 0);
    await expectGradients(tools, [x, Float32Array.of(4, 2, 3), [-10, 53.75], 8]);
    // With 2 bits a range from −1 to 2 has the steps −1, 0, 1 and 2.
    await expectGradients(tools, [Float32Array.of(-1, 2), Float32Array.of(-7, 9), [-1, 2], 2]);
  }),

  check('outside', 'What lies outside goes to its own end, and to it alone', async (tools) => {
    const { rng } = tools;
    const x = Float32Array.of(-10.1, -10, 0, 53.75, 54);
    await expectGradients(
      tools,
      [x, Float32Array.of(5, 4, 3, 2, 1), [-10, 53.75], 8],
      [rng.floats(6, -90, -20), rng.floats(6, 0.5, 2), [-10, 53.75], 8],
      [rng.floats(5, 60, 90), rng.floats(5, 0.5, 2), [-10, 53.75], 8],
    );
  }),

  check('nudged', 'The ends are those of the nudged range', async (tools) => {
    // −0.1 … 1 becomes −0.0733 … 1.0267 with 4 bits.
    const x = Float32Array.of(-0.09, -0.05, 1.01, 1.05);
    await expectGradients(tools, [x, Float32Array.of(1, 2, 4, 8), [-0.1, 1], 4]);
  }),

  check('any-range', 'Any range and any width of code', async (tools) => {
    const { rng } = tools;
    const cases = Array.from({ length: 30 }, (): Case => {
      const bits = rng.integer(2, 8);
      const range = someRange(rng, bits);
      const x = someValues(rng, nudgedEnds(...range, bits), 30);
      return [x, rng.normals(30), range, bits];
    });
    await expectGradients(tools, ...cases);
  }),

  check('one-sided', 'A range that begins or ends at zero', async (tools) => {
    const x = Float32Array.of(-0.5, 0, 3, 5.2);
    const upstream = Float32Array.of(1, 2, 4, 8);
    await expectGradients(tools, [x, upstream, [0, 5.1], 8], [x, upstream, [-5.1, 0], 8]);
  }),

  check('empty', 'No values have no gradients', async (tools) => {
    await expectGradients(tools, [new Float32Array(0), new Float32Array(0), [-1, 1], 8]);
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
