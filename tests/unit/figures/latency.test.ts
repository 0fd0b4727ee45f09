import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { networkCosts } from '../../../src/components/figures/Latency/latency-data.ts';
import { filesOf, referenceReader } from '../../../src/components/figures/Latency/latency-files.ts';
import { TURNS } from '../../../src/components/figures/Latency/latency-link.ts';
import {
  BASE,
  FORMS,
  LEAST_RUNS,
  LEFT,
  MOST_RUNS,
  REFERENCE_RUNS,
  TOP,
  WAYS,
  WAY_NAMES,
  WIDTH,
  ceiling,
  dotsPath,
  drawing,
  gain,
  howTimed,
  joined,
  summary,
  tableRows,
  verdict,
  yOf,
  type Measured,
  type Timings,
} from '../../../src/components/figures/Latency/latency.ts';
import { benchmark } from '../../../src/engine/evaluation/index.ts';
import { Interpreter } from '../../../src/engine/tflite/index.ts';

const measured = (samples: number[], warning = ''): Measured => ({
  samples,
  callsPerRun: 4,
  clockStep: 0.1,
  warning,
});
const around = (centre: number): number[] =>
  Array.from({ length: 24 }, (_, i) => centre * (1 + (i - 11.5) / 1000));
const costs = networkCosts();
const heavy = costs['lenet-5']!;

describe('the median and its interval', () => {
  it('are those of the engine’s benchmark', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 60 }),
        async (steps) => {
          let [time, call] = [0, 0];
          const { samples, median, interval } = await benchmark(
            () => {
              time += steps[call++ % steps.length]!;
            },
            { warmUp: 0, runs: steps.length, now: () => time },
          );
          const found = summary(samples);
          expect(found.median).toBe(median);
          expect([found.low, found.high]).toEqual([interval.low, interval.high]);
          expect(found.slowest).toBe(Math.max(...samples));
        },
      ),
    );
  });

  it('do not heed one run that was interrupted', () => {
    const quiet = summary([...around(2), 2]);
    const disturbed = summary([...around(2), 900]);
    expect(disturbed.median).toBeCloseTo(quiet.median, 2);
    expect(disturbed.slowest).toBe(900);
  });
});

describe('the turns', () => {
  it('give both forms as many, and begin and end with the same', () => {
    for (const form of FORMS) expect(TURNS.filter((turn) => turn === form)).toHaveLength(2);
    expect(TURNS.at(0)).toBe(TURNS.at(-1));
  });

  it('leave six runs at least in each, which a benchmark wants', () => {
    expect(LEAST_RUNS / 2).toBeGreaterThanOrEqual(6);
    expect(REFERENCE_RUNS).toBeGreaterThanOrEqual(6);
    expect(MOST_RUNS % 2).toBe(0);
  });

  it('are joined in their order', () => {
    const first = joined(undefined, measured([1, 2]));
    const both = joined(first, { samples: [3], callsPerRun: 8, clockStep: 0.05, warning: '' });
    expect(both).toEqual({ samples: [1, 2, 3], callsPerRun: 8, clockStep: 0.1, warning: '' });
    expect(joined(measured([1], 'too short'), measured([2])).warning).toBe('too short');
  });
});

describe('the drawing', () => {
  it('keeps every dot inside, and what is too long on the upper edge', () => {
    const samples = [...around(2), 500];
    const most = ceiling({ float32: measured(samples) });
    expect(most).toBeLessThan(10);
    expect(yOf(500, most)).toBe(TOP);
    expect(yOf(0, most)).toBe(BASE);
    const dots = dotsPath(samples, samples.length, most).match(/M[\d.]+ [\d.]+/g)!;
    expect(dots).toHaveLength(samples.length);
    for (const dot of dots) {
      const [x, y] = dot.slice(1).split(' ').map(Number) as [number, number];
      expect(x).toBeGreaterThanOrEqual(LEFT);
      expect(x).toBeLessThanOrEqual(WIDTH - LEFT);
      expect(y).toBeGreaterThanOrEqual(TOP);
      expect(y).toBeLessThanOrEqual(BASE);
    }
  });

  it('draws nothing before anything is timed, and says so', () => {
    const { attributes, texts } = drawing('lenet-5', heavy, { runs: 60, timings: {} });
    expect(Object.values(attributes).every(({ d }) => d === '')).toBe(true);
    expect(texts['verdict']).toMatch(/^Not timed yet\. In int8 lenet-5 has 3\.9\d times fewer/);
    expect(tableRows({})).toEqual(WAY_NAMES.map((way) => [WAYS[way], '–', '–', '–']));
    for (const way of WAY_NAMES) expect(texts[`time-${way}`]).toBe('not timed yet');
    expect(texts['top']).toBe('not timed yet');
    expect(howTimed({}, '')).not.toMatch(/\d+ runs/);
  });

  it('draws a line and a band where the median and its interval are', () => {
    const timings: Timings = { float32: measured(around(4)), int8: measured(around(2)) };
    const { attributes } = drawing('lenet-5', heavy, { runs: 24, timings });
    const most = ceiling(timings);
    const { median, high } = summary(around(4));
    expect(attributes['median-float32']!['d']).toContain(` ${yOf(median, most).toFixed(1)}H`);
    expect(attributes['band-float32']!['d']).toContain(` ${yOf(high, most).toFixed(1)}H`);
    expect(tableRows(timings)[1]!.slice(0, 2)).toEqual([WAYS.int8, '2 ms']);
  });

  it('is of LiteRT alone: a slow interpreter moves no edge and no verdict', () => {
    const timings: Timings = { float32: measured(around(4)), int8: measured(around(2)) };
    const withReference = { ...timings, reference: measured(around(400)) };
    expect(ceiling(withReference)).toBe(ceiling(timings));
    expect(verdict('lenet-5', heavy, withReference)).toBe(verdict('lenet-5', heavy, timings));
    const { texts } = drawing('lenet-5', heavy, { runs: 24, timings: withReference });
    expect(texts['time-reference']).toMatch(/^400 ms \(398 ms to 402 ms\)$/);
    expect(texts['time-int8']).toMatch(/^2 ms \(/);
  });

  it('says how many runs and calls there were, the clock’s step, and what it could not do', () => {
    const timings: Timings = {
      float32: measured(around(4)),
      int8: { ...measured(around(2)), callsPerRun: 1024, clockStep: 1 },
      reference: measured(around(9).slice(0, 12), 'The clock makes steps of 1 ms.'),
    };
    const how = howTimed(timings, 'LiteRT 2, one thread.');
    expect(how).toContain(`24 runs of ${WAYS.float32}, 4 calls in each`);
    expect(how).toContain(`24 runs of ${WAYS.int8}, 1,024 calls in each`);
    expect(how).toContain(`12 runs of ${WAYS.reference}`);
    expect(how).toContain(
      'The clock steps by 1 ms. LiteRT 2, one thread. The clock makes steps of 1 ms.',
    );
  });
});

describe('what the runs say', () => {
  const say = (float32: number[], int8: number[]): string =>
    verdict('lenet-5', heavy, { float32: measured(float32), int8: measured(int8) });

  it('a gain with its ends', () => {
    expect(say(around(4), around(2))).toMatch(
      /int8 is 2 times as quick, somewhere from 1\.98 to 2\.02/,
    );
    const { least, likely, most } = gain({
      float32: measured(around(4)),
      int8: measured(around(2)),
    });
    expect(least).toBeLessThan(likely);
    expect(likely).toBeLessThan(most);
  });

  it('a loss, the right way round', () => {
    expect(say(around(2), around(3))).toMatch(/int8 takes 1\.5 times as long/);
  });

  it('nothing where the intervals meet', () => {
    expect(say(around(2), around(2.001))).toMatch(/^These runs show no difference/);
  });
});

describe('the networks', () => {
  it('do as many multiplications in both forms and carry fewer bytes in int8', () => {
    expect(Object.keys(costs)).toHaveLength(4);
    expect(heavy.macs).toBe(2_293_000);
    for (const { weightBytes } of Object.values(costs)) {
      expect(weightBytes.float32 / weightBytes.int8).toBeGreaterThan(2);
      expect(weightBytes.float32 / weightBytes.int8).toBeLessThanOrEqual(4);
    }
  });
});

describe('the two files', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it('are of one network, floats in and out, the second in integers within', async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 3, inputShape: [4], activation: 'relu' })],
    });
    const examples = {
      count: 2,
      shape: [4],
      values: Uint8Array.of(0, 255, 10, 20, 30, 40, 50, 60),
      scale: 1 / 255,
      source: 'made up',
    };
    const files = await filesOf(model, examples);
    const types = FORMS.map((form) => {
      const interpreter = new Interpreter(files[form]);
      interpreter.allocateTensors();
      const [input] = interpreter.getInputDetails();
      expect(input!.dtype).toBe('float32');
      interpreter.setTensor(input!.index, Float32Array.of(0, 1, 0.5, 0.25));
      interpreter.invoke();
      return interpreter.trace().some(({ dtype }) => dtype === 'int8');
    });
    expect(types).toEqual([false, true]);
    const read = referenceReader(files.int8, Float32Array.of(0, 1, 0.5, 0.25));
    expect(read).not.toThrow();
    expect(() => referenceReader(files.int8, Float32Array.of(1))).toThrow();
  });
});
