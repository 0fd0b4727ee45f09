import type { Graph, GraphOperator } from '../../src/engine/graph/graph.ts';
import { withFloatEnds } from '../../src/engine/graph/graph-ends.ts';
import { readTflite } from '../../src/engine/tflite/read-tflite.ts';
import { writeTflite } from '../../src/engine/tflite/write-tflite.ts';
import { createRng } from '../../src/shared/rng.ts';
import type { Measured } from './measure.ts';

const EXAMPLES = 5;

/**
 * Every operator of a file that computes int8 from int8, each a file of its own, on random values of its whole range.
 * A step of difference in one layer is several after the next ones; this shows what each does by itself.
 */
export function* int8Operators(bytes: Uint8Array, seed = 221): Generator<Measured> {
  const graph = readTflite(bytes);
  const rng = createRng(seed);
  for (const operator of graph.operators) {
    const given = operator.inputs.filter((index) => index >= 0 && !graph.tensors[index]!.data);
    const types = [...given, operator.output].map((index) => graph.tensors[index]!.type);
    if (types.some((type) => type !== 'int8')) continue;
    const examples = Array.from({ length: EXAMPLES }, () =>
      given.map((index) => {
        const { shape, quantization } = graph.tensors[index]!;
        const [scale, zeroPoint] = [quantization!.scales[0]!, quantization!.zeroPoints[0]!];
        const count = shape.reduce((product, size) => product * size, 1);
        return Float32Array.from(
          { length: count },
          () => (rng.integer(-128, 127) - zeroPoint) * scale,
        );
      }),
    );
    yield { bytes: writeTflite(withFloatEnds(alone(graph, operator, given))), examples };
  }
}

function alone(graph: Graph, operator: GraphOperator, given: number[]): Graph {
  const used = [...new Set([...operator.inputs.filter((index) => index >= 0), operator.output])];
  const place = (index: number): number => (index < 0 ? index : used.indexOf(index));
  return {
    name: operator.code,
    tensors: used.map((index) => graph.tensors[index]!),
    operators: [
      {
        ...operator,
        inputs: operator.inputs.map(place),
        output: place(operator.output),
      } as GraphOperator,
    ],
    inputs: given.map(place),
    outputs: [place(operator.output)],
  };
}
