import type { Graph, GraphOperator } from '../../src/engine/graph/graph.ts';
import { prepareGraph, runGraph } from '../../src/engine/graph/index.ts';
import { minMax } from '../../src/engine/numerics/min-max.ts';
import { GraphBuilder } from '../../src/engine/quantization/convert/graph-builder.ts';
import {
  quantizeDynamic,
  quantizeFloat16,
  quantizeInt4,
  quantizeIntegers,
  type WeightRule,
} from '../../src/engine/quantization/convert/quantize-graph.ts';
import { writeTflite } from '../../src/engine/tflite/write-tflite.ts';
import { createRng, type Rng } from '../../src/shared/rng.ts';
import type { Measured } from './measure.ts';

/** Ways in which one operator can compute; those after float32 need weights, but for the integers. */
export const WAYS = [
  'float32',
  'int8',
  'int16x8',
  'dynamic',
  'float16',
  'int4',
  'int4 in the operator',
  'int8 with int4 weights',
] as const;
export type Way = (typeof WAYS)[number];

const FOR_ALL = new Set<Way>(['float32', 'int8', 'int16x8']);
const EXAMPLES = 10;
const LIMIT = 3;

type Operator = Pick<GraphOperator, 'code' | 'options'>;

interface Described {
  title: string;
  operator: Operator;
  /** Shapes of what is given, all of one batch. */
  inputs: number[][];
  output: number[];
  /** Shape of the kernel, and how many biases. */
  kernel?: number[];
  bias?: number;
  /** A constant of int32: axes, a permutation, a shape. */
  integers?: { values: number[]; shape?: number[] };
}

const window = { padding: 'SAME', strideHeight: 1, strideWidth: 1 } as const;
const straight = { dilationHeight: 1, dilationWidth: 1 } as const;
const image = [1, 8, 8, 32];
const none = { activation: 'NONE' } as const;
const pool = { ...window, ...none, padding: 'VALID', filterHeight: 2, filterWidth: 2 } as const;
const halved = { strideHeight: 2, strideWidth: 2 } as const;

const OPERATORS: Described[] = [
  {
    title: 'CONV_2D 3×3',
    operator: { code: 'CONV_2D', options: { ...window, ...straight, activation: 'RELU' } },
    inputs: [image],
    kernel: [16, 3, 3, 32],
    bias: 16,
    output: [1, 8, 8, 16],
  },
  {
    title: 'CONV_2D 1×1',
    operator: { code: 'CONV_2D', options: { ...window, ...straight, ...none } },
    inputs: [image],
    kernel: [48, 1, 1, 32],
    bias: 48,
    output: [1, 8, 8, 48],
  },
  {
    title: 'CONV_2D strided',
    operator: {
      code: 'CONV_2D',
      options: { ...window, ...straight, ...halved, activation: 'RELU6' },
    },
    inputs: [image],
    kernel: [16, 2, 3, 32],
    bias: 16,
    output: [1, 4, 4, 16],
  },
  {
    title: 'CONV_2D dilated',
    operator: {
      code: 'CONV_2D',
      options: { ...window, ...none, padding: 'VALID', dilationHeight: 2, dilationWidth: 2 },
    },
    inputs: [image],
    kernel: [16, 3, 3, 32],
    bias: 16,
    output: [1, 4, 4, 16],
  },
  {
    title: 'DEPTHWISE_CONV_2D',
    operator: {
      code: 'DEPTHWISE_CONV_2D',
      options: { ...window, ...straight, ...none, depthMultiplier: 4 },
    },
    inputs: [image],
    kernel: [1, 3, 3, 128],
    bias: 128,
    output: [1, 8, 8, 128],
  },
  {
    title: 'FULLY_CONNECTED',
    operator: { code: 'FULLY_CONNECTED', options: { activation: 'RELU', keepNumDims: false } },
    inputs: [[1, 64]],
    kernel: [48, 64],
    bias: 48,
    output: [1, 48],
  },
  {
    title: 'FULLY_CONNECTED, no bias',
    operator: { code: 'FULLY_CONNECTED', options: { ...none, keepNumDims: false } },
    inputs: [[1, 64]],
    kernel: [48, 64],
    output: [1, 48],
  },
  {
    title: 'AVERAGE_POOL_2D',
    operator: { code: 'AVERAGE_POOL_2D', options: { ...pool, ...halved } },
    inputs: [image],
    output: [1, 4, 4, 32],
  },
  {
    title: 'AVERAGE_POOL_2D, edges',
    operator: {
      code: 'AVERAGE_POOL_2D',
      options: { ...pool, padding: 'SAME', filterHeight: 3, filterWidth: 3 },
    },
    inputs: [image],
    output: image,
  },
  {
    title: 'MAX_POOL_2D',
    operator: { code: 'MAX_POOL_2D', options: { ...pool, ...halved } },
    inputs: [image],
    output: [1, 4, 4, 32],
  },
  {
    title: 'MEAN',
    operator: { code: 'MEAN', options: { keepDims: false } },
    inputs: [image],
    integers: { values: [1, 2] },
    output: [1, 32],
  },
  ...(['ADD', 'SUB', 'MUL'] as const).map((code) => ({
    title: code,
    operator: { code, options: none },
    inputs: [image, image],
    output: image,
  })),
  {
    title: 'PAD',
    operator: { code: 'PAD', options: {} },
    inputs: [image],
    integers: { values: [0, 0, 1, 0, 0, 2, 0, 0], shape: [4, 2] },
    output: [1, 9, 10, 32],
  },
  {
    title: 'CONCATENATION',
    operator: { code: 'CONCATENATION', options: { axis: 3, ...none } },
    inputs: [image, image],
    output: [1, 8, 8, 64],
  },
  {
    title: 'RESHAPE',
    operator: { code: 'RESHAPE', options: { newShape: [1, 2048] } },
    inputs: [image],
    integers: { values: [1, 2048] },
    output: [1, 2048],
  },
  {
    title: 'TRANSPOSE',
    operator: { code: 'TRANSPOSE', options: {} },
    inputs: [image],
    integers: { values: [0, 3, 1, 2] },
    output: [1, 32, 8, 8],
  },
  {
    title: 'SOFTMAX',
    operator: { code: 'SOFTMAX', options: { beta: 1 } },
    inputs: [[1, 20]],
    output: [1, 20],
  },
  ...(['LOGISTIC', 'TANH', 'RELU', 'RELU6'] as const).map((code) => ({
    title: code,
    operator: { code, options: {} },
    inputs: [image],
    output: image,
  })),
  {
    title: 'LEAKY_RELU',
    operator: { code: 'LEAKY_RELU', options: { alpha: 0.2 } },
    inputs: [image],
    output: image,
  },
];

export interface SingleOperator extends Measured {
  title: string;
  way: Way;
}

/** Every operator that the engine runs, each a file of its own in every way that it can compute, on random values. */
export function* singleOperators(seed = 221): Generator<SingleOperator> {
  for (const described of OPERATORS) {
    const rng = createRng(seed);
    const graph = floatGraph(described, rng);
    const examples = Array.from({ length: EXAMPLES }, () =>
      described.inputs.map((shape) => rng.floats(sizeOf(shape), -LIMIT, LIMIT)),
    );
    const ranges = rangesOf(graph, examples);
    for (const way of WAYS) {
      if (!described.kernel && !FOR_ALL.has(way)) continue;
      const bytes = writeTflite(computed(graph, way, (name) => ranges.get(name)));
      yield { title: described.title, way, bytes, examples };
    }
  }
}

function floatGraph(described: Described, rng: Rng): Graph {
  const { title, operator, inputs, output, kernel, bias, integers } = described;
  const builder = new GraphBuilder(title);
  const given = inputs.map((shape, i) => builder.tensor(`input_${i}`, shape));
  builder.inputs.push(...given);
  if (kernel) {
    const fanIn = operator.code === 'DEPTHWISE_CONV_2D' ? 9 : sizeOf(kernel) / kernel[0]!;
    const values = rng.normals(sizeOf(kernel), 0, 1 / Math.sqrt(fanIn));
    given.push(builder.floats('kernel', kernel, values));
    given.push(bias ? builder.floats('bias', [bias], rng.normals(bias)) : -1);
  }
  if (integers) given.push(builder.integers('integers', integers.values, integers.shape));
  builder.outputs.push(builder.add(operator, given, builder.tensor('output', output)));
  return builder.build();
}

function computed(graph: Graph, way: Way, rangeOf: Parameters<typeof quantizeIntegers>[2]): Graph {
  const rule =
    (numBits: number, dense: 'per-tensor' | 'per-channel' = 'per-channel'): WeightRule =>
    (code) => ({ numBits, granularity: code === 'FULLY_CONNECTED' ? dense : 'per-channel' });
  switch (way) {
    case 'float32':
      return graph;
    case 'int8':
      return quantizeIntegers(graph, 'int8', rangeOf, rule(8, 'per-tensor'));
    case 'int16x8':
      return quantizeIntegers(graph, 'int16', rangeOf, rule(8, 'per-tensor'));
    case 'dynamic':
      return quantizeDynamic(graph, rule(8, 'per-tensor'));
    case 'float16':
      return quantizeFloat16(graph);
    case 'int4':
      return quantizeInt4(graph, rule(4));
    case 'int4 in the operator':
      return quantizeDynamic(graph, rule(4));
    case 'int8 with int4 weights':
      return quantizeIntegers(graph, 'int8', rangeOf, rule(4));
  }
}

/** What was given and computed, by name. */
function rangesOf(
  graph: Graph,
  examples: readonly (readonly Float32Array[])[],
): Map<string, { min: number; max: number }> {
  const prepared = prepareGraph(graph);
  const all: number[] = [];
  for (const inputs of examples) {
    all.push(...(runGraph(prepared, inputs)[0] as Float32Array));
  }
  const given = graph.inputs.map(
    (index) => [graph.tensors[index]!.name, { min: -LIMIT, max: LIMIT }] as const,
  );
  // What TRANSPOSE moves keeps its scale.
  const moved = graph.operators[0]!.code === 'TRANSPOSE';
  return new Map([...given, ['output', moved ? { min: -LIMIT, max: LIMIT } : minMax(all)]]);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
