import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

type Rng = CheckTools['rng'];

const kind = { mask: 'numbers', weights: 'numbers' } as const;

/** The rule worked out once more: a weight stays if fewer than so many of those in are before it. */
function byHand(history: Float32Array[], mask: number[], keep: number, step: number) {
  const sizes = Array.from(history.at(-1)!, Math.abs);
  const count = mask.filter((one) => one === 1).length;
  const staying = Math.max(Math.round(count * keep), 1);
  const next = mask.map((one, i) => {
    if (one === 0) return 0;
    const before = sizes.filter(
      (size, j) => mask[j] === 1 && (size > sizes[i]! || (size === sizes[i]! && j < i)),
    );
    return before.length < staying ? 1 : 0;
  });
  return { mask: next, weights: next.map((one, i) => one * history[step]![i]!) };
}

async function expectTicket(
  call: CheckTools['call'],
  history: Float32Array[],
  mask: number[],
  keep: number,
  step: number,
): Promise<number[]> {
  const wanted = byHand(history, mask, keep, step);
  const answer = await call('nextTicket', [history, mask, keep, step], kind);
  const label = `keep ${keep}, step ${step}`;
  expectArrayEqual(answer.mask, wanted.mask, { label: `the mask (${label})` });
  expectArrayClose(answer.weights, wanted.weights, { label: `the weights (${label})` });
  return wanted.mask;
}

const example = [
  Float32Array.of(5, 1, -2, 3),
  Float32Array.of(4, 1, -3, 2),
  Float32Array.of(0.1, 6, -7, 2),
];

const someHistory = (rng: Rng, length: number, steps: number): Float32Array[] =>
  Array.from({ length: steps }, () => rng.normals(length));

const someMask = (rng: Rng, length: number): number[] =>
  Array.from({ length }, (_, i) => (i === 0 ? 1 : rng.integer(0, 1)));

export default defineChecks([
  check('examples', 'The examples of the statement', async ({ call }) => {
    await expectTicket(call, example, [1, 1, 1, 1], 0.5, 0);
    await expectTicket(call, example, [1, 1, 1, 1], 0.5, 1);
    await expectTicket(call, example, [1, 0, 1, 1], 0.7, 0);
    await expectTicket(call, example, [1, 0, 0, 0], 0.1, 0);
  }),

  check('end', 'Weights are judged by their size at the end', async ({ call, rng }) => {
    const ones = new Array<number>(40).fill(1);
    await expectTicket(call, someHistory(rng, 40, 4), ones, 0.3, 0);
    await expectTicket(call, [Float32Array.of(9, 1), Float32Array.of(1, -9)], [1, 1], 0.5, 0);
  }),

  check('beginning', 'What stays has the weights of the step', async ({ call, rng }) => {
    const ones = new Array<number>(12).fill(1);
    for (const step of [0, 1, 2]) {
      await expectTicket(call, someHistory(rng, 12, 5), ones, 0.5, step);
    }
  }),

  check('out', 'What is out stays out', async ({ call, rng }) => {
    const history = [Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 90, 2, 80)];
    await expectTicket(call, history, [1, 0, 1, 0], 1, 0);
    for (const keep of [0.2, 0.6, 1]) {
      await expectTicket(call, someHistory(rng, 60, 3), someMask(rng, 60), keep, 0);
    }
  }),

  check('share', 'The share is one of those that are still in', async ({ call }) => {
    const history = [Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(6, 5, 4, 3, 2, 1)];
    await expectTicket(call, history, [1, 1, 1, 1, 0, 0], 0.5, 0);
  }),

  check('ties', 'Of equally large weights the first stay', async ({ call }) => {
    const history = [Float32Array.of(1, 2, 3, 4), Float32Array.of(2, -2, 2, 7)];
    await expectTicket(call, history, [1, 1, 1, 1], 0.5, 0);
    await expectTicket(call, history, [0, 1, 1, 1], 0.7, 0);
  }),

  check('one-stays', 'One weight always stays', async ({ call, rng }) => {
    await expectTicket(call, someHistory(rng, 20, 2), someMask(rng, 20), 0.001, 0);
  }),

  check('rounds', 'Round after round', async ({ call, rng }) => {
    let mask = new Array<number>(100).fill(1);
    for (let round = 0; round < 4; round++) {
      mask = await expectTicket(call, someHistory(rng, 100, 3), mask, 0.4, 0);
    }
  }),

  check('refuses', 'A step that is not in the history is refused', async ({ call }) => {
    await expectThrows(() => call('nextTicket', [example, [1, 1, 1, 1], 0.5, 3]), {
      when: 'for step 3 of a history of three',
      mentions: { pattern: /step/, words: 'the argument step' },
    });
  }),
]);
