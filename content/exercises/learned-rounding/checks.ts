import {
  check,
  defineChecks,
  expectArrayClose,
  expectClose,
  expectTrue,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const openness = (v: number): number => Math.min(1, Math.max(0, 1.2 / (1 + Math.exp(-v)) - 0.1));

interface Task {
  v: number[];
  fractions: number[];
  gram: number[][];
  lambda: number;
  beta: number;
}

/** What is made small. */
function loss({ v, fractions, gram, lambda, beta }: Task): number {
  const h = v.map(openness);
  const errors = h.map((stands, i) => stands - fractions[i]!);
  const error = errors.reduce(
    (sum, e, i) => sum + e * errors.reduce((inner, f, j) => inner + f * gram[i]![j]!, 0),
    0,
  );
  return error + lambda * h.reduce((sum, x) => sum + 1 - Math.abs(2 * x - 1) ** beta, 0);
}

/** Its slopes, by leaning on every v a little to both sides. */
function slopes(task: Task): number[] {
  return task.v.map((_, i) => {
    const at = (step: number): number =>
      loss({ ...task, v: task.v.map((v, j) => (j === i ? v + step : v)) });
    const d = 1e-3;
    return (8 * (at(d) - at(-d)) - (at(2 * d) - at(-2 * d))) / (12 * d);
  });
}

const ask = (call: CheckTools['call'], { v, fractions, gram, lambda, beta }: Task) =>
  call('gradient', [v, fractions, gram, lambda, beta], 'numbers');

/** Inputs that go together in part, as those of a real unit do. */
function products(rng: CheckTools['rng'], count: number): number[][] {
  const rows = Array.from({ length: 6 }, () => {
    const common = rng.uniform();
    return Array.from({ length: count }, () => common + 0.5 * rng.uniform());
  });
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (__, j) => rows.reduce((sum, x) => sum + x[i]! * x[j]!, 0) / 6),
  );
}

export default defineChecks([
  check(
    'openness',
    'A weight stands between its notches, and at the ends stays',
    async ({ callEach, rng }) => {
      const values = [0, -4, 4, 1, -1, 2.5, -2.5, 30, -30, ...Array.from(rng.normals(4, 0, 2))];
      for (const [v, answer] of callEach('openness', values, (each) => [each], 'number'))
        expectClose(await answer(), openness(v), { label: `openness(${v})` });
    },
  ),

  check('start', 'It begins where the weight is', async ({ callEach, rng }) => {
    const fractions = [
      0.5,
      0.8,
      0.1,
      0.95,
      ...Array.from({ length: 4 }, () => rng.uniform(0.01, 0.99)),
    ];
    for (const [fraction, v] of callEach('startAt', fractions, (each) => [each], 'number'))
      expectClose(openness(await v()), fraction, { label: `where startAt(${fraction}) stands` });
  }),

  check('ends', 'A fraction at an end is held a little inside', async ({ call }) => {
    for (const [fraction, held] of [
      [0, 0.0001],
      [1, 0.9999],
      [0.00002, 0.0001],
    ] as const) {
      const v = await call('startAt', [fraction], 'number');
      expectClose(v, -Math.log(1.2 / (held + 0.1) - 1), { label: `startAt(${fraction})` });
    }
  }),

  check('alone', 'One weight feels its own error', async ({ call, rng }) => {
    for (const v of [0, 0.7, -1.2, rng.uniform(-2, 2)]) {
      const task = { v: [v], fractions: [0.4], gram: [[2]], lambda: 0, beta: 2 };
      expectArrayClose(await ask(call, task), slopes(task), { label: `for v = ${v}` });
    }
  }),

  check('together', 'Weights feel each other’s errors', async ({ call, rng }) => {
    const first = { v: [0, 0], fractions: [0.4, 0.4], gram: [[2, 1], [1, 2]], lambda: 0, beta: 2 }; // prettier-ignore
    expectArrayClose(await ask(call, first), [0.18, 0.18], { label: 'slopes' });
    for (const count of [3, 9]) {
      const task = {
        v: Array.from(rng.normals(count)),
        fractions: Array.from({ length: count }, () => rng.uniform()),
        gram: products(rng, count),
        lambda: 0,
        beta: 2,
      };
      expectArrayClose(await ask(call, task), slopes(task), { label: `of ${count} weights` });
    }
  }),

  check('sides', 'The second term drives a weight to an end', async ({ call, rng }) => {
    for (const beta of [2, 3, 8, 20]) {
      const task = {
        v: [0.9, -0.9, 1.7, rng.uniform(-2, 2)],
        fractions: [0.6, 0.4, 0.2, 0.5],
        gram: products(rng, 4),
        lambda: 0.3,
        beta,
      };
      expectArrayClose(await ask(call, task), slopes(task), { label: `slopes for β = ${beta}` });
    }
  }),

  check('still', 'A weight that has come to an end feels nothing', async ({ call, rng }) => {
    const task = {
      v: [3, -3, 5, 0.2],
      fractions: [0.2, 0.8, 0.5, 0.5],
      gram: products(rng, 4),
      lambda: 0.1,
      beta: 4,
    };
    const answer = Array.from(await ask(call, task));
    expectTrue(
      answer.slice(0, 3).every((slope) => slope === 0),
      'a weight at its end has a slope',
      {
        got: answer.slice(0, 3).join(', '),
        expected: '0, 0, 0',
      },
    );
  }),

  check('learns', 'With these parts the sum of eight weights is rounded well', async ({ call }) => {
    // All inputs are one number, and each weight 0.4 of a notch above its floor: 3.2 in all, so three should go up.
    const count = 8;
    const fractions = Array.from({ length: count }, (_, i) => 0.4 + 0.004 * (i - 3.5));
    const gram = Array.from({ length: count }, () => new Array<number>(count).fill(1));
    let v = await Promise.all(
      fractions.map(async (fraction) => call('startAt', [fraction], 'number')),
    );
    for (let step = 0; step < 200; step++) {
      const task = { v, fractions, gram, lambda: step < 40 ? 0 : 0.2, beta: 2 };
      const slope = await ask(call, task);
      v = v.map((at, i) => at - 0.5 * slope[i]!);
    }
    const up = v.filter((at) => openness(at) >= 0.5).length;
    expectTrue(up === 3, 'the weights did not settle on the best sum', {
      got: `${up} of 8 went up`,
      expected: '3 of 8, whose sum is wrong by 0.2',
    });
  }),
]);
