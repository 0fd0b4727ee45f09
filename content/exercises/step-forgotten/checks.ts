import { sparsity, tf } from 'heavy-weights';
import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectEqual,
  expectTrue,
} from 'heavy-weights/checks';
import type { CheckTools } from 'heavy-weights/checks';

interface Lesson {
  kernel: number[][];
  inputs: number[][];
  answers: number[][];
  finalSparsity: number;
}

const report: { layers: ['string']; parameters: 'integer'; kernel: 'numbers' } = {
  layers: ['string'],
  parameters: 'integer',
  kernel: 'numbers',
};

/** Rows of numbers of float32, so that nothing is rounded on the way. */
function rows(rng: CheckTools['rng'], count: number, length: number): number[][] {
  return Array.from({ length: count }, () => Array.from(rng.normals(length)));
}

/** A layer that starts near a teacher in which some weights matter and some hardly do. */
function someLesson(rng: CheckTools['rng'], finalSparsity: number): Lesson {
  const [inputs, units] = [4 * rng.integer(2, 4), rng.integer(2, 4)];
  const teacher = rows(rng, inputs, units).map((row) =>
    row.map((weight) => (rng.uniform(0, 1) < 0.5 ? weight : 0.1 * weight)),
  );
  const given = rows(rng, 5 * rng.integer(3, 5), inputs);
  return {
    kernel: teacher.map((row) => row.map((weight) => Math.fround(weight + 0.2 * rng.normal()))),
    inputs: given,
    answers: given.map((row) =>
      teacher[0]!.map((_, unit) => row.reduce((sum, x, i) => sum + x * teacher[i]![unit]!, 0)),
    ),
    finalSparsity,
  };
}

const ask = (call: CheckTools['call'], { kernel, inputs, answers, finalSparsity }: Lesson) =>
  call('trainPruned', [kernel, inputs, answers, finalSparsity], report);

/** The weights that the engine comes to. */
async function weightsOf({
  kernel,
  inputs,
  answers,
  finalSparsity,
}: Lesson): Promise<Float32Array> {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: kernel[0]!.length,
        inputShape: [kernel.length],
        useBias: false,
        name: 'answer',
      }),
    ],
  });
  model.setWeights([tf.tensor2d(kernel)]);
  const steps = 6 * Math.ceil(inputs.length / 5);
  const pruned = sparsity.pruneLowMagnitude(model, {
    pruningSchedule: new sparsity.PolynomialDecay({
      initialSparsity: 0,
      finalSparsity,
      beginStep: 0,
      endStep: Math.floor(steps / 2),
      frequency: 1,
    }),
  });
  pruned.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  await pruned.fit(tf.tensor2d(inputs), tf.tensor2d(answers), {
    batchSize: 5,
    epochs: 6,
    shuffle: false,
    verbose: 0,
    callbacks: [new sparsity.UpdatePruningStep()],
  });
  const stripped = sparsity.stripPruning(pruned);
  const weights = Float32Array.from(stripped.layers[0]!.getWeights()[0]!.dataSync());
  for (const each of [model, pruned, stripped]) each.dispose();
  return weights;
}

export default defineChecks([
  check('runs', 'It trains to the end', async ({ call, rng }) => {
    const lesson = someLesson(rng, 0.5);
    const { kernel } = await ask(call, lesson);
    const start = lesson.kernel.flat();
    expectEqual(kernel.length, start.length, { label: 'the number of weights' });
    expectTrue(
      start.some((weight, i) => weight !== kernel[i]),
      'The kernel should have learned; it is as it was given.',
    );
  }),

  check('zeros', 'As many weights are zero as the schedule says', async ({ call, rng }) => {
    for (const finalSparsity of [0.25, 0.5, 0.75]) {
      const lesson = someLesson(rng, finalSparsity);
      const { kernel } = await ask(call, lesson);
      const zeros = Array.from(kernel).filter((weight) => weight === 0).length;
      expectEqual(zeros, kernel.length * finalSparsity, {
        label: `zeros of ${kernel.length} weights at sparsity ${finalSparsity}`,
      });
    }
  }),

  check('plain', 'What is left is a plain model', async ({ call, rng }) => {
    const lesson = someLesson(rng, 0.5);
    const { layers, parameters } = await ask(call, lesson);
    expectArrayEqual(layers, ['answer'], { label: 'the layers' });
    expectEqual(parameters, lesson.kernel.flat().length, { label: 'the numbers in the model' });
  }),

  check('heals', 'The weights went by degrees, and the rest have healed', async ({ call, rng }) => {
    for (const finalSparsity of [0.5, 0.75]) {
      const lesson = someLesson(rng, finalSparsity);
      const { kernel } = await ask(call, lesson);
      expectArrayClose(kernel, await weightsOf(lesson), {
        tolerance: 1e-5,
        label: 'the trained kernel',
      });
    }
  }),

  check('nothing', 'At sparsity 0 nothing is struck out', async ({ call, rng }) => {
    const { kernel } = await ask(call, someLesson(rng, 0));
    expectTrue(
      Array.from(kernel).every((weight) => weight !== 0),
      'No weight should be zero at sparsity 0.',
    );
  }),
]);
