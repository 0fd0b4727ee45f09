/** Lottery tickets: a small network pruned and rewound round by round, beside the same masks on other beginnings. */
import * as tf from '@tensorflow/tfjs';
import { answersOf, countEqual } from '../../src/build/answers.ts';
import type { MnistSet } from '../../src/build/mnist.ts';
import { magnitudePrune, rewind, stripPruning } from '../../src/engine/sparsity/index.ts';
import { createRng, type Rng } from '../../src/shared/rng.ts';

/** Where a network begins: with its own initial weights, or with others. */
export type Beginning = 'own' | 'other';

/** A sparse network trained from the beginning, several times over. */
export interface TicketRow {
  kept: number;
  beginning: Beginning;
  /** Test images read rightly at each of the steps looked at: means over the runs. */
  correct: number[];
  /** Of each run, at the last step. */
  runs: number[];
}

/** What came of it; counts are of all test images. */
export interface Lottery {
  parameters: number;
  steps: number[];
  seeds: number;
  trainImages: number;
  /** The whole network, at the same steps. */
  whole: number[];
  rows: TicketRow[];
}

const LOTTERY = { images: 6400, batch: 64, learningRate: 1.2e-3, seeds: [1, 2] };
/** After how many steps the network is looked at. */
const LOOKS = [50, 150];
/** In every round this share of the weights that are left is kept. */
const ROUND = 0.4;
const ROUNDS = 5;

/** Trains, strikes out six tenths of what is left, rewinds, and so on; beside each ticket one with other initial weights. */
export function lotteryOf(train: MnistSet, test: MnistSet): Lottery {
  const whole: number[][] = [];
  const found = new Map<string, number[][]>();
  let parameters = 0;
  for (const seed of LOTTERY.seeds) {
    const rng = createRng(seed);
    const initial = newNetwork(rng);
    const other = newNetwork(rng);
    parameters = initial.countParams();
    let trained = newNetwork(createRng(seed)); // the same as initial
    whole.push(trainedScores(trained, train, test, seed));
    for (let round = 1; round <= ROUNDS; round++) {
      const pruned = magnitudePrune(trained, 1 - ROUND ** round);
      for (const [beginning, weights] of [
        ['own', initial],
        ['other', other],
      ] as const) {
        const ticket = rewind(pruned, weights);
        const key = `${round} ${beginning}`;
        const runs = found.get(key) ?? [];
        runs.push(trainedScores(ticket, train, test, seed));
        found.set(key, runs);
        if (beginning === 'own') trained = stripPruning(ticket);
        else ticket.dispose();
      }
    }
  }
  const means = (runs: number[][]): number[] =>
    LOOKS.map((_, i) => Math.round(runs.reduce((sum, run) => sum + run[i]!, 0) / runs.length));
  const rows = [...found].map(([key, runs]): TicketRow => {
    const [round, beginning] = key.split(' ') as [string, Beginning];
    const row = {
      kept: ROUND ** Number(round),
      beginning,
      correct: means(runs),
      runs: runs.map((run) => run.at(-1)!),
    };
    console.log('  ', JSON.stringify(row));
    return row;
  });
  return {
    parameters,
    steps: LOOKS,
    seeds: LOTTERY.seeds.length,
    trainImages: LOTTERY.images,
    whole: means(whole),
    rows,
  };
}

/** A hidden layer of a hundred units, and weights drawn with the spread √(2 / inputs); the softmax is left to the loss. */
function newNetwork(rng: Rng): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 100, activation: 'relu', inputShape: [784], name: 'hidden' }),
      tf.layers.dense({ units: 10, name: 'logits' }),
    ],
  });
  tf.tidy(() => {
    model.setWeights(
      model.getWeights().map((weight) => {
        const [inputs] = weight.shape;
        if (weight.rank === 1) return tf.zeros(weight.shape);
        const spread = Math.sqrt(2 / inputs!);
        return tf.tensor(
          Float32Array.from({ length: weight.size }, () => rng.normal(0, spread)),
          weight.shape,
        );
      }),
    );
  });
  return model;
}

function trainedScores(
  model: tf.LayersModel,
  train: MnistSet,
  test: MnistSet,
  seed: number,
): number[] {
  const order = createRng(100 + seed).shuffle(Array.from({ length: LOTTERY.images }, (_, i) => i));
  const ink = (chosen: readonly number[]): Float32Array => {
    const values = new Float32Array(784 * chosen.length);
    for (const [i, image] of chosen.entries()) {
      for (let p = 0; p < 784; p++) values[784 * i + p] = train.pixels[784 * image + p]! / 255;
    }
    return values;
  };
  const optimizer = tf.train.adam(LOTTERY.learningRate);
  const scores: number[] = [];
  for (let step = 0; step < LOOKS.at(-1)!; step++) {
    const from = (step * LOTTERY.batch) % LOTTERY.images;
    tf.tidy(() => {
      const chosen = order.slice(from, from + LOTTERY.batch);
      const x = tf.tensor2d(ink(chosen), [chosen.length, 784]);
      const y = tf.oneHot(
        tf.tensor1d(
          chosen.map((i) => train.labels[i]!),
          'int32',
        ),
        10,
      );
      optimizer.minimize(
        () => {
          const logits = model.layers.reduce(
            (values, layer) => layer.apply(values, { training: true }) as tf.Tensor,
            x as tf.Tensor,
          );
          return tf.neg(tf.mean(tf.sum(tf.mul(y, tf.logSoftmax(logits)), 1))) as tf.Scalar;
        },
        false,
        model.trainableWeights.map((weight) => weight.read() as tf.Variable),
      );
    });
    if (LOOKS.includes(step + 1)) scores.push(countEqual(answersOf(model, test), test.labels));
  }
  optimizer.dispose();
  return scores;
}
