import {
  check,
  defineChecks,
  expectArrayClose,
  expectEqual,
  expectThrows,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

const KIND = { inputs: 'numbers', kernel: 'numbers', factors: 'numbers' } as const;

/** The factors once more, channel by channel. */
function wanted(inputs: number[], kernel: number[], channels: number, alpha: number): number[] {
  const units = kernel.length / channels;
  return Array.from({ length: channels }, (_, j) => {
    const x = Math.max(...inputs.filter((__, i) => i % channels === j).map(Math.abs));
    const w = Math.max(...kernel.slice(j * units, (j + 1) * units).map(Math.abs));
    return x === 0 || w === 0 ? 1 : Math.exp(alpha * Math.log(x) - (1 - alpha) * Math.log(w));
  });
}

const eight = (values: number[]): number[] => {
  const scale = Math.max(...values.map(Math.abs)) / 127;
  return values.map((x) => (scale === 0 ? 0 : Math.round(x / scale) * scale));
};

function multiply(x: number[], w: number[], channels: number): number[] {
  const units = w.length / channels;
  const sums: number[] = [];
  for (let row = 0; row < x.length / channels; row++) {
    for (let unit = 0; unit < units; unit++) {
      let sum = 0;
      for (let j = 0; j < channels; j++) sum += x[row * channels + j]! * w[j * units + unit]!;
      sums.push(sum);
    }
  }
  return sums;
}

/** Squared error of the product in eight bits after smoothing. */
function errorOf(x: number[], w: number[], channels: number, alpha: number): number {
  const units = w.length / channels;
  const s = wanted(x, w, channels, alpha);
  const right = multiply(x, w, channels);
  return multiply(
    eight(x.map((value, i) => value / s[i % channels]!)),
    eight(w.map((value, i) => value * s[Math.floor(i / units)]!)),
    channels,
  ).reduce((sum, y, i) => sum + (y - right[i]!) ** 2, 0);
}

/** A layer some of whose channels are louder, and some of whose rows are larger, than the rest. */
function layer(rng: CheckTools['rng'], rows: number, channels: number, units: number) {
  const louder = Array.from({ length: channels }, () => 10 ** rng.uniform(-1, 2));
  const larger = Array.from({ length: channels }, () => 10 ** rng.uniform(-1, 0.5));
  return {
    x: Array.from(rng.normals(rows * channels), (v, i) => v * louder[i % channels]!),
    w: Array.from(rng.normals(channels * units), (v, i) => v * larger[Math.floor(i / units)]!),
  };
}

const SIZES = [[2, 2, 2], [5, 3, 4], [3, 4, 1], [1, 6, 2]] as const; // prettier-ignore

export default defineChecks([
  check('factors', 'The factors are those of both reaches', async ({ call, rng }) => {
    const told = [[50, 1, -40, 0.5], [0.5, 0.25, 1, -2]] as const; // prettier-ignore
    for (const alpha of [0.5, 1, 0, 0.25]) {
      const answer = await call('smooth', [[...told[0]], [...told[1]], 2, alpha], KIND);
      expectArrayClose(answer.factors, wanted([...told[0]], [...told[1]], 2, alpha), {
        relative: 1e-6,
        label: `factors for alpha ${alpha}`,
      });
    }
    for (const [rows, channels, units] of SIZES) {
      const { x, w } = layer(rng, rows, channels, units);
      const alpha = rng.uniform();
      const answer = await call('smooth', [x, w, channels, alpha], KIND);
      expectArrayClose(answer.factors, wanted(x, w, channels, alpha), {
        relative: 1e-6,
        label: `factors of [${rows}, ${channels}] · [${channels}, ${units}]`,
      });
    }
  }),

  check('same-product', 'The product is as it was', async ({ call, rng }) => {
    for (const [rows, channels, units] of SIZES) {
      const { x, w } = layer(rng, rows, channels, units);
      const answer = await call('smooth', [x, w, channels, 0.6], KIND);
      const s = wanted(x, w, channels, 0.6);
      expectArrayClose(
        answer.inputs,
        x.map((value, i) => value / s[i % channels]!),
        { relative: 1e-6, label: 'inputs' },
      );
      expectArrayClose(
        multiply(Array.from(answer.inputs), Array.from(answer.kernel), channels),
        multiply(x, w, channels),
        { tolerance: 1e-4, relative: 1e-6, label: 'product of the smoothed' },
      );
    }
  }),

  check('dead', 'A dead channel keeps its unit', async ({ call }) => {
    for (const alpha of [0, 0.5, 1]) {
      const x = [0, 3, 2, 0, -1, 4];
      const w = [5, 7, 0.5, 1, 0, 0];
      const answer = await call('smooth', [x, w, 3, alpha], KIND);
      expectArrayClose(answer.factors, wanted(x, w, 3, alpha), {
        relative: 1e-6,
        label: `factors for alpha ${alpha}`,
      });
    }
  }),

  check('refuses', 'An alpha outside 0 to 1 is refused by name', async ({ call }) => {
    for (const alpha of [-0.1, 1.5, NaN]) {
      await expectThrows(() => call('smooth', [[1, 2], [3, 4], 2, alpha]), {
        when: `for alpha ${alpha}`,
        mentions: { pattern: /alpha/, words: 'the argument alpha' },
      });
    }
  }),

  check('best', 'The alpha with the least error is found', async ({ call, rng }) => {
    const alphas = [0.5, 0, 1, 0.25, 0.75];
    for (let trial = 0; trial < 6; trial++) {
      const { x, w } = layer(rng, 8, 5, 4);
      const errors = alphas.map((alpha) => errorOf(x, w, 5, alpha));
      const best = alphas[errors.indexOf(Math.min(...errors))]!;
      expectEqual(await call('bestAlpha', [x, w, 5, alphas], 'number'), best, {
        label: `bestAlpha of layer ${trial + 1}`,
      });
    }
  }),

  check('first-of-equals', 'Of equally good alphas the first is taken', async ({ call }) => {
    // Nothing is alive, so nothing is moved.
    expectEqual(await call('bestAlpha', [[0, 0], [1, 2], 2, [0.75, 0.25]], 'number'), 0.75, {
      label: 'bestAlpha of a dead layer',
    });
    expectEqual(await call('bestAlpha', [[0, 0], [1, 2], 2, [0.25, 0.75]], 'number'), 0.25, {
      label: 'bestAlpha of a dead layer',
    });
  }),
]);
