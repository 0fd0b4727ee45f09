import { sparsity, tf } from 'heavy-weights';
import {
  check,
  defineChecks,
  expectArrayClose,
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

const outcome: { kernel: 'numbers'; inFile: 'numbers' } = {
  kernel: 'numbers',
  inFile: 'numbers',
};

/** A layer that reads all its inputs rightly, and whose weights all matter: without them the loss is greater. */
function someLesson(rng: CheckTools['rng'], finalSparsity: number): Lesson {
  const [inputs, units] = [4 * rng.integer(2, 3), rng.integer(2, 4)];
  const kernel = Array.from({ length: inputs }, () =>
    Array.from({ length: units }, () =>
      Math.fround(rng.uniform(2, 3) * (rng.uniform(0, 1) < 0.5 ? -1 : 1)),
    ),
  );
  // Never a whole number of batches of 5.
  const given = Array.from({ length: 5 * rng.integer(2, 3) + rng.integer(1, 4) }, () =>
    Array.from(rng.normals(inputs)),
  );
  const answers = given.map((row) => {
    const scores = kernel[0]!.map((_, unit) =>
      row.reduce((sum, x, i) => sum + x * kernel[i]![unit]!, 0),
    );
    const best = scores.indexOf(Math.max(...scores));
    return scores.map((_, unit) => (unit === best ? 1 : 0));
  });
  return { kernel, inputs: given, answers, finalSparsity };
}

const ask = (call: CheckTools['call'], { kernel, inputs, answers, finalSparsity }: Lesson) =>
  call('runRecipe', [kernel, inputs, answers, finalSparsity], outcome);

/** The weights that the engine comes to. */
async function weightsOf({
  kernel,
  inputs,
  answers,
  finalSparsity,
}: Lesson): Promise<Float32Array> {
  const layer = tf.layers.dense({
    units: kernel[0]!.length,
    inputShape: [kernel.length],
    useBias: false,
    activation: 'softmax',
    name: 'answer',
  });
  const model = tf.sequential({ layers: [layer] });
  model.setWeights([tf.tensor2d(kernel)]);
  const batches = Math.ceil(inputs.length / 5);
  const pruned = sparsity.pruneLowMagnitude(model, {
    pruningSchedule: new sparsity.PolynomialDecay({
      initialSparsity: finalSparsity / 2,
      finalSparsity,
      beginStep: 2 * batches,
      endStep: 4 * batches,
      frequency: 1,
    }),
  });
  pruned.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy' });
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
  check('zeros', 'As many weights are zero as the recipe asks for', async ({ call, rng }) => {
    for (const finalSparsity of [0.5, 0.75]) {
      const lesson = someLesson(rng, finalSparsity);
      const { kernel } = await ask(call, lesson);
      expectEqual(kernel.length, lesson.kernel.flat().length, { label: 'the number of weights' });
      const zeros = Array.from(kernel).filter((weight) => weight === 0).length;
      expectEqual(zeros, kernel.length * finalSparsity, {
        label: `zeros of ${kernel.length} weights at sparsity ${finalSparsity}`,
      });
    }
  }),

  check(
    'trained',
    'They went in epochs three and four, and the rest have healed',
    async ({ call, rng }) => {
      for (const finalSparsity of [0.5, 0.75]) {
        const lesson = someLesson(rng, finalSparsity);
        const { kernel } = await ask(call, lesson);
        expectArrayClose(kernel, await weightsOf(lesson), {
          tolerance: 1e-5,
          label: 'the trained kernel',
        });
      }
    },
  ),

  check('file', 'The file holds the same model in eight bits', async ({ call, rng }) => {
    const lesson = someLesson(rng, 0.75);
    const { kernel, inFile } = await ask(call, lesson);
    expectEqual(inFile.length, kernel.length, { label: 'weights in the file' });
    const largest = Math.max(...Array.from(kernel, Math.abs));
    const worst = Array.from(kernel, (weight, i) => Math.abs(weight - inFile[i]!)).reduce(
      (most, each) => Math.max(most, each),
      0,
    );
    // Half a step of 127 to the largest weight, and a little.
    expectTrue(
      worst <= (0.51 * largest) / 127,
      'The file should hold the kernel that is returned, to half a step; it holds another.',
      {
        got: `a weight ${worst.toFixed(3)} off`,
        expected: `${((0.5 * largest) / 127).toFixed(3)} at most`,
      },
    );
  }),
]);
