/**
 * Two networks in int8, layer by layer: how far each is from its float, and what becomes of them in a second hand,
 * which does everything as the reference kernels do but scales its sums in float32 and rounds once.
 */
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { prepareGraph } from '../../../src/engine/graph/prepare-graph.ts';
import { TFLiteConverter } from '../../../src/engine/tflite/converter.ts';
import { readTflite } from '../../../src/engine/tflite/read-tflite.ts';
import {
  accumulate,
  isWeighted,
  meanOnce,
  offspringOf,
  stageOf,
  type Stage,
} from '../second-hand.ts';

export const models = ['lenet-5', 'depthwise-net'] as const;
export const images = ['train', 'test'] as const;

/** Sheets that the files are calibrated on; digits for the comparison with the float, and with the second hand. */
const SHEETS = 100;
const COMPARED = 100;
const READ = 1_000;

export async function compute({
  train,
  test,
}: {
  train: MnistSet;
  test: MnistSet;
}): Promise<object> {
  const found: Record<string, object> = {};
  for (const name of models) {
    const model = await loadModel(name);
    const file = await TFLiteConverter.fromLayersModel(model, {
      optimizations: ['DEFAULT'],
      representativeDataset: function* () {
        yield tf.tensor4d(pixels(train, 0, SHEETS), [SHEETS, 28, 28, 1]);
      },
    }).convert();
    const graph = readTflite(file);
    found[name] = {
      layers: againstFloat(model, graph, pixels(test, 0, COMPARED)),
      hands: twoHands(graph, test),
    };
    model.dispose();
  }
  return { compared: COMPARED, read: READ, ...found };
}

const pixels = ({ pixels: all }: MnistSet, from: number, count: number): Float32Array =>
  Float32Array.from(all.subarray(from * 784, (from + count) * 784), (pixel) => pixel / 255);

/** The layer of the float model whose output a tensor of the file holds. */
const layerOf = (model: tf.LayersModel, tensor: string): tf.layers.Layer | undefined =>
  model.layers.find(({ name }) => name === tensor.replace(/_relu$/, ''));

/** Cosine and decibels of every layer's output against the float model's, the probabilities last. */
function againstFloat(model: tf.LayersModel, graph: Graph, digits: Float32Array): object[] {
  const count = digits.length / 784;
  const shown = graph.tensors.flatMap(({ name, type, data }, index) => {
    const layer = layerOf(model, name);
    return type === 'int8' && !data && layer ? [{ index, layer }] : [];
  });
  const upTo = tf.model({
    inputs: model.inputs,
    outputs: shown.map(({ layer }) => layer.output as tf.SymbolicTensor),
  });
  const batch = tf.tensor4d(digits, [count, 28, 28, 1]);
  const outputs = upTo.predict(batch) as tf.Tensor[];
  const wanted = outputs.map((tensor) => tensor.dataSync() as Float32Array);
  tf.dispose([batch, ...outputs]);

  const { buffers, kernels } = prepareGraph(graph);
  const tallies = shown.map(() => ({ product: 0, signal: 0, given: 0, noise: 0 }));
  for (let digit = 0; digit < count; digit++) {
    (buffers[graph.inputs[0]!] as Float32Array).set(
      digits.subarray(digit * 784, (digit + 1) * 784),
    );
    for (const run of kernels) run();
    shown.forEach(({ index }, i) => {
      const data = buffers[index]!;
      const { scales, zeroPoints } = graph.tensors[index]!.quantization!;
      const tally = tallies[i]!;
      for (let k = 0; k < data.length; k++) {
        const y = wanted[i]![digit * data.length + k]!;
        const given = scales[0]! * (Number(data[k]) - zeroPoints[0]!);
        tally.product += y * given;
        tally.signal += y * y;
        tally.given += given * given;
        tally.noise += (y - given) ** 2;
      }
    });
  }
  return shown.map(({ layer }, i) => {
    const { product, signal, given, noise } = tallies[i]!;
    return {
      layer: layer.name,
      cosine: Number((product / Math.sqrt(signal * given)).toFixed(7)),
      sqnr: Number((10 * Math.log10(signal / noise)).toFixed(2)),
    };
  });
}

interface Hands {
  layer: string;
  /** Values that it gives for all the digits. */
  values: number;
  /** Of those, the ones which the clamp cuts off in neither hand. */
  unclamped: number;
  /** Differences where both hands are given the same codes, those promised by the windows, and those outwards. */
  alone: number;
  expected: number;
  outwards: number;
  /** Differences in the whole network, and the largest in steps. */
  whole: number;
  worst: number;
  /** Steps that one step of an input makes in the outputs, were none clamped. */
  offspring: number;
  /** Codes that the sums give otherwise than the reference kernel: none, or this is not what it does. */
  mismatches: number;
}

/** Every digit through the reference kernels and through the second hand. */
function twoHands(graph: Graph, test: MnistSet): object {
  const [first, second] = [prepareGraph(graph), prepareGraph(graph)];
  const layers = new Map<number, Hands & { stage: Stage }>();
  graph.operators.forEach((operator, index) => {
    if (!isWeighted(operator)) return;
    const stage = stageOf(graph, first.buffers, index);
    layers.set(index, {
      layer: graph.tensors[operator.inputs[1]!]!.name.replace(/\/kernel$/, ''),
      values: 0,
      unclamped: 0,
      alone: 0,
      expected: 0,
      outwards: 0,
      whole: 0,
      worst: 0,
      offspring: offspringOf(graph, operator, stage),
      mismatches: 0,
      stage,
    });
  });
  let [classes, probabilities, examples] = [0, 0, 0];
  const mean = { values: 0, alone: 0, whole: 0 };
  const input = graph.inputs[0]!;
  const output = graph.outputs[0]!;
  for (let digit = 0; digit < READ; digit++) {
    const paper = pixels(test, digit, 1);
    for (const { buffers } of [first, second]) (buffers[input] as Float32Array).set(paper);
    graph.operators.forEach((operator, index) => {
      first.kernels[index]!();
      const hands = layers.get(index);
      if (operator.code === 'MEAN') {
        const ours = first.buffers[operator.output] as Int8Array;
        const theirs = second.buffers[operator.output] as Int8Array;
        meanOnce(graph, first.buffers, operator).forEach((code, i) => {
          mean.values += 1;
          if (code !== ours[i]) mean.alone += 1;
        });
        theirs.set(meanOnce(graph, second.buffers, operator));
        mean.whole += theirs.filter((code, i) => code !== ours[i]).length;
        return;
      }
      if (!hands) {
        second.kernels[index]!();
        return;
      }
      const { stage } = hands;
      const given = first.buffers[operator.output] as Int8Array;
      const sums = accumulate(graph, first.buffers, operator);
      for (let i = 0; i < sums.length; i++) {
        const c = i % stage.units;
        const twice = stage.twice(sums[i]!, c);
        const once = stage.once(sums[i]!, c);
        const [codeTwice, codeOnce] = [stage.clamp(twice), stage.clamp(once)];
        if (codeTwice !== given[i]) hands.mismatches += 1;
        hands.values += 1;
        if (codeTwice === twice + stage.zero || codeOnce === once + stage.zero) {
          hands.unclamped += 1;
          hands.expected += 2 ** (stage.shifts[c]! - 1);
        }
        if (codeTwice === codeOnce) continue;
        hands.alone += 1;
        if (Math.abs(twice) > Math.abs(once)) hands.outwards += 1;
      }
      const theirs = second.buffers[operator.output] as Int8Array;
      const own = accumulate(graph, second.buffers, operator);
      for (let i = 0; i < own.length; i++) {
        theirs[i] = stage.clamp(stage.once(own[i]!, i % stage.units));
        const steps = Math.abs(theirs[i]! - given[i]!);
        if (steps > 0) hands.whole += 1;
        hands.worst = Math.max(hands.worst, steps);
      }
    });
    const [ours, theirs] = [first.buffers[output], second.buffers[output]] as [
      Float32Array,
      Float32Array,
    ];
    if (largest(ours) !== largest(theirs)) classes += 1;
    for (let i = 0; i < ours.length; i++) {
      if (ours[i] !== theirs[i]) probabilities += 1;
      examples += 1;
    }
  }
  return {
    classes,
    probabilities,
    ofProbabilities: examples,
    mean,
    layers: [...layers.values()].map(({ stage: _, ...hands }) => ({
      ...hands,
      expected: Number(hands.expected.toFixed(1)),
      offspring: Number(hands.offspring.toFixed(3)),
    })),
  };
}

const largest = (values: Float32Array): number => values.indexOf(Math.max(...values));
