import type { Graph, GraphOperator, GraphTensor, TensorType } from './graph.ts';

/** Types of integers that inputs and outputs can have. */
const INTEGERS = new Set<TensorType>(['int8', 'int16']);

/** Quantizes inputs that are integers and dequantizes such outputs, so that floats go in and come out. @internal */
export function withFloatEnds(graph: Graph): Graph {
  const tensors = [...graph.tensors];
  const before: GraphOperator[] = [];
  const after: GraphOperator[] = [];
  const float = (index: number, suffix: string): number => {
    const { name, shape } = tensors[index]!;
    return tensors.push({ name: `${name}/${suffix}`, shape, type: 'float32' }) - 1;
  };
  const inputs = graph.inputs.map((index) => {
    if (!INTEGERS.has(tensors[index]!.type)) return index;
    const given = float(index, 'float_in');
    before.push({ code: 'QUANTIZE', options: {}, inputs: [given], output: index });
    return given;
  });
  const outputs = graph.outputs.map((index) => {
    if (!INTEGERS.has(tensors[index]!.type)) return index;
    const output = float(index, 'float_out');
    after.push({ code: 'DEQUANTIZE', options: {}, inputs: [index], output });
    return output;
  });
  return {
    ...graph,
    tensors,
    inputs,
    outputs,
    operators: [...before, ...graph.operators, ...after],
  };
}

/**
 * Takes the QUANTIZE off inputs and the DEQUANTIZE off outputs, so that integers go in and come out. Only ends that
 * are told are changed.
 * @internal
 */
export function withIntegerEnds(graph: Graph, which: { inputs: boolean; outputs: boolean }): Graph {
  const dropped = new Set<GraphOperator>();
  const inputs = graph.inputs.map((index) => {
    const readers = graph.operators.filter(({ inputs }) => inputs.includes(index));
    const [quantize] = readers;
    if (!which.inputs || readers.length !== 1 || quantize?.code !== 'QUANTIZE') return index;
    dropped.add(quantize);
    return quantize.output;
  });
  const outputs = graph.outputs.map((index) => {
    const dequantize = graph.operators.find(({ output }) => output === index);
    if (!which.outputs || dequantize?.code !== 'DEQUANTIZE') return index;
    dropped.add(dequantize);
    return dequantize.inputs[0]!;
  });
  const operators = graph.operators.filter((operator) => !dropped.has(operator));
  return withoutUnused({ ...graph, inputs, outputs, operators });
}

/** Leaves out tensors that nothing reads or writes. */
function withoutUnused(graph: Graph): Graph {
  const used = new Set([...graph.inputs, ...graph.outputs]);
  for (const { inputs, output } of graph.operators) {
    for (const index of [...inputs, output]) if (index >= 0) used.add(index);
  }
  const place = new Map<number, number>();
  const tensors: GraphTensor[] = [];
  graph.tensors.forEach((tensor, index) => {
    if (used.has(index)) place.set(index, tensors.push(tensor) - 1);
  });
  const move = (index: number): number => (index < 0 ? index : place.get(index)!);
  return {
    ...graph,
    tensors,
    inputs: graph.inputs.map(move),
    outputs: graph.outputs.map(move),
    operators: graph.operators.map(
      (operator) =>
        ({
          ...operator,
          inputs: operator.inputs.map(move),
          output: move(operator.output),
        }) as GraphOperator,
    ),
  };
}
