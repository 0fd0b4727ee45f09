import {
  prepareGraph,
  runGraph,
  type GraphOperator,
  type GraphTensor,
  type TensorData,
  type TensorType,
} from '../../src/engine/graph/index.ts';

/** A tensor as a case describes it. */
export interface Described {
  shape: readonly number[];
  type: TensorType;
  values?: readonly number[] | null;
  scales?: readonly number[];
  zeroPoint?: number;
  axis?: number;
}

const ARRAYS = {
  float32: Float32Array,
  float16: Uint16Array,
  int4: Int8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
} as const;

const dataOf = (type: TensorType, values: readonly number[]): TensorData =>
  type === 'int64' ? BigInt64Array.from(values, BigInt) : ARRAYS[type].from(values);

function tensorOf(name: string, described: Described, isConstant: boolean): GraphTensor {
  const { shape, type, values, scales, zeroPoint = 0, axis = 0 } = described;
  return {
    name,
    shape,
    type,
    // The files print scales of float32 with nine digits.
    ...(scales && {
      quantization: {
        scales: Float32Array.from(scales),
        zeroPoints: new Int32Array(scales.length).fill(zeroPoint),
        axis,
      },
    }),
    ...(isConstant && { data: dataOf(type, values ?? []) }),
  };
}

/** Runs one operator as a graph of its own: the first `given` inputs at run time, the others constants. */
export function runOperator(
  operator: Pick<GraphOperator, 'code' | 'options'>,
  inputs: readonly (Described | undefined)[],
  output: Described,
  given = 1,
): TensorData {
  const present = inputs.filter((input) => input !== undefined);
  const tensors = present.map((input, i) => tensorOf(`input ${i}`, input, i >= given));
  tensors.push(tensorOf('output', output, false));
  const graph = {
    name: 'one operator',
    tensors,
    operators: [
      {
        ...operator,
        inputs: inputs.map((input) => (input ? present.indexOf(input) : -1)),
        output: tensors.length - 1,
      } as GraphOperator,
    ],
    inputs: present.slice(0, given).map((_, i) => i),
    outputs: [tensors.length - 1],
  };
  const data = present.slice(0, given).map(({ type, values }) => dataOf(type, values ?? []));
  return runGraph(prepareGraph(graph), data)[0]!;
}
