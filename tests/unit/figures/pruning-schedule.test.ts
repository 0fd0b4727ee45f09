import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Section35Results } from '../../../scripts/results/sections/3.5.ts';
import { sectionResults } from '../../../src/build/section-results.ts';
import {
  EVERY,
  FIRST_PLAN,
  FREQUENCY,
  STEPS,
  TEST_IMAGES,
  heldSparsity,
  measuredSteps,
  plannedSparsity,
  type PruningPlan,
  type RunPoint,
  type Way,
} from '../../../src/components/figures/PruningSchedule/pruning-plan.ts';
import {
  runPruning,
  scheduleOf,
} from '../../../src/components/figures/PruningSchedule/pruning-run.ts';
import {
  HEIGHT,
  LOWER,
  UPPER,
  WIDTH,
  accuracyPath,
  planPath,
  planTexts,
  scheduleRows,
  stairPath,
  verdict,
} from '../../../src/components/figures/PruningSchedule/pruning-schedule.ts';
import { createRng } from '../../../src/shared/rng.ts';
import type { LabelledExamples } from '../../../src/workbench/examples.ts';

const WAYS: readonly Way[] = ['degrees', 'line', 'once'];
const plans = fc.record({
  way: fc.constantFrom(...WAYS),
  finalSparsity: fc.integer({ min: 50, max: 99 }).map((percent) => percent / 100),
  endStep: fc.integer({ min: 5, max: 20 }).map((times) => times * FREQUENCY),
});

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the plan in plain numbers', () => {
  it('asks at every step for what the engine’s schedule asks for', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: STEPS }), (plan, step) => {
        expect(plannedSparsity(plan, step)).toBeCloseTo(scheduleOf(plan).at(step).sparsity, 5);
      }),
    );
  });

  it('holds what the engine’s schedule pruned to last', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const schedule = scheduleOf(plan);
        let held = 0;
        for (let step = 1; step <= STEPS; step++) {
          const { shouldPrune, sparsity } = schedule.at(step);
          if (shouldPrune) held = sparsity;
          expect(heldSparsity(plan, step)).toBeCloseTo(held, 5);
        }
        expect(held).toBeCloseTo(plan.finalSparsity, 5);
      }),
      { numRuns: 20 },
    );
  });
});

/** A network of the right names, small enough for the plain backend, and something for it to learn. */
function smallRun(): { model: tf.LayersModel; examples: LabelledExamples } {
  const rng = createRng(35);
  const dense = (units: number, name: string, rest: object) =>
    tf.layers.dense({
      units,
      name,
      kernelInitializer: tf.initializers.heNormal({ seed: units }),
      ...rest,
    });
  const model = tf.sequential({
    layers: [
      dense(20, 'dense_1', { activation: 'relu', inputShape: [8] }),
      dense(15, 'dense_2', { activation: 'relu' }),
      dense(10, 'logits', { activation: 'softmax' }),
    ],
  });
  const count = 160;
  const labels = Int32Array.from({ length: count }, () => rng.integer(0, 7));
  const values = Float32Array.from(
    { length: count * 8 },
    (_, i) => (labels[Math.floor(i / 8)] === i % 8 ? 1 : 0) + 0.2 * rng.normal(),
  );
  return { model, examples: { count, shape: [8], values, scale: 1, labels, source: 'test' } };
}

async function run(plan: PruningPlan): Promise<RunPoint[]> {
  const { model, examples } = smallRun();
  const points: RunPoint[] = [];
  await runPruning(model, examples, examples, plan, (point) => {
    points.push(point);
  });
  model.dispose();
  return points;
}

describe('runPruning', () => {
  it('measures when it should, holds the planned zeros, and learns', async () => {
    for (const way of WAYS) {
      const plan: PruningPlan = { way, finalSparsity: 0.5, endStep: 80 };
      const points = await run(plan);
      expect(points.map(({ step }) => step)).toEqual(measuredSteps());
      for (const { step, sparsity } of points) {
        // A mask keeps a whole number of 160 and of 300 weights.
        expect(Math.abs(sparsity - heldSparsity(plan, step)), `${way}, ${step}`).toBeLessThan(0.01);
      }
      expect(points.at(-1)!.correct).toBeGreaterThan(points[0]!.correct + 40);
    }
  }, 60_000);

  it('counts the examples that the model reads, on those it is measured on', async () => {
    const { model, examples } = smallRun();
    const answers = (
      model.predict(tf.tensor(examples.values as Float32Array, [160, 8])) as tf.Tensor
    )
      .argMax(1)
      .dataSync();
    const right = examples.labels.filter((label, i) => label === answers[i]).length;
    const points: RunPoint[] = [];
    await runPruning(model, examples, examples, FIRST_PLAN, (point) => {
      points.push(point);
    });
    expect(points[0]!.correct).toBe(right);
    expect(points.every(({ correct }) => correct <= examples.count)).toBe(true);
  }, 60_000);

  it('does the same again, leaves the model as it is and no tensors behind', async () => {
    const { model, examples } = smallRun();
    const plan: PruningPlan = { way: 'degrees', finalSparsity: 0.8, endStep: 40 };
    const before = model.getWeights().map((weight) => weight.dataSync().slice());
    const tensors = tf.memory().numTensors;
    const runs: RunPoint[][] = [[], []];
    for (const points of runs) {
      await runPruning(model, examples, examples, plan, (point) => {
        points.push(point);
      });
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(model.getWeights().map((weight) => weight.dataSync())).toEqual(before);
  }, 60_000);

  it('gives back what it holds when it is broken off', async () => {
    const { model, examples } = smallRun();
    const tensors = tf.memory().numTensors;
    const stop = runPruning(model, examples, examples, FIRST_PLAN, ({ step }) => {
      if (step === 2 * EVERY) throw new Error('enough');
    });
    await expect(stop).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

describe('the book’s own runs', () => {
  const { runs } = sectionResults<Section35Results>('3.5');

  it('held the planned zeros at every measurement', () => {
    for (const way of WAYS) {
      expect(runs[way].map(({ step }) => step)).toEqual(measuredSteps());
      for (const { step, sparsity } of runs[way]) {
        expect(sparsity).toBeCloseTo(heldSparsity({ ...FIRST_PLAN, way }, step), 3);
      }
    }
  });

  it('end as the prose has it: by degrees before the others, which fall further', () => {
    const end = (way: Way) => runs[way].at(-1)!.correct;
    const worst = (way: Way) => Math.min(...runs[way].map(({ correct }) => correct));
    expect(end('degrees')).toBeGreaterThan(Math.max(end('line'), end('once')) + 10);
    expect(worst('degrees')).toBeGreaterThan(worst('line') + 200);
    expect(worst('line')).toBeGreaterThan(worst('once') + 200);
  });
});

describe('the drawing', () => {
  const numbers = (path: string) => (path.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);

  it('stays within its panels', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        for (const path of [planPath(plan), stairPath(plan)]) {
          for (const value of numbers(path)) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(WIDTH);
          }
        }
        const ys = numbers(planPath(plan)).filter((_, i) => i % 2 === 1);
        expect(Math.min(...ys)).toBeGreaterThanOrEqual(UPPER.top);
        expect(Math.max(...ys)).toBeLessThanOrEqual(UPPER.base);
      }),
    );
  });

  it('has a step in the stair for every pruning, and ends where the plan does', () => {
    const stair = stairPath({ way: 'line', finalSparsity: 0.9, endStep: 10 * FREQUENCY });
    expect(stair.match(/V/g)).toHaveLength(10);
    const [last] = numbers(planPath({ ...FIRST_PLAN, way: 'line' })).slice(-1);
    expect(Number(/V([\d.]+)H640\.0$/.exec(stairPath({ ...FIRST_PLAN, way: 'line' }))?.[1])).toBe(
      last,
    );
    expect(stairPath({ ...FIRST_PLAN, way: 'once' }).match(/V/g)).toHaveLength(1);
  });

  it('draws a run worse than the panel along its lower edge, and none as nothing', () => {
    const [, y] = numbers(accuracyPath([{ step: 0, sparsity: 0, correct: 100 }]));
    expect(y).toBe(LOWER.base);
    const [, top] = numbers(accuracyPath([{ step: 0, sparsity: 0, correct: TEST_IMAGES }]));
    expect(top).toBe(LOWER.top);
    expect(LOWER.base).toBeLessThan(HEIGHT);
    expect(accuracyPath([])).toBe('');
  });
});

describe('the words', () => {
  it('tell the plan, the end and the worst moment', () => {
    const points: RunPoint[] = [
      { step: 0, sparsity: 0, correct: 990 },
      { step: 5, sparsity: 0.5, correct: 700 },
      { step: 10, sparsity: 0.6, correct: 900 },
    ];
    const text = verdict('Your run', { way: 'line', finalSparsity: 0.6, endStep: 48 }, points);
    expect(text).toBe(
      'Your run, to 60% by step 48, in a straight line: 900 of 1,000 read after step 10; at worst 700, after step 5.',
    );
    expect(verdict('It', { ...FIRST_PLAN, way: 'once' }, points)).toContain('at the first step');
    expect(planTexts({ ...FIRST_PLAN, way: 'once' })['end-step']).toBe('1');
  });

  it('give a row every twenty steps, and a dash where nothing was measured yet', () => {
    const own: RunPoint[] = [{ step: 0, sparsity: 0, correct: 980 }];
    const book: RunPoint[] = measuredSteps().map((step) => ({ step, sparsity: 0, correct: step }));
    const rows = scheduleRows(FIRST_PLAN, book, own);
    expect(rows).toHaveLength(STEPS / 20 + 1);
    expect(rows[0]).toEqual(['0', '0.0%', '0', '980']);
    expect(rows.at(-1)).toEqual(['200', '97.0%', '200', '–']);
  });
});
