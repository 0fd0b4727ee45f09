/**
 * Numbers of TFLite's file format, version 3: which number stands for which type, operator and option, and at which
 * place of its table each field lies.
 *
 * Source: tensorflow/compiler/mlir/lite/schema/schema.fbs.
 * @internal
 */
import type { FusedActivation, OperatorCode, TensorType } from '../graph/graph.ts';

export const FILE_IDENTIFIER = 'TFL3';
export const SCHEMA_VERSION = 3;

/** Tensor types by their number in a file. */
export const TENSOR_TYPES: Record<TensorType, number> = {
  float32: 0,
  float16: 1,
  int32: 2,
  int64: 4,
  int16: 7,
  int8: 9,
  int4: 17,
};

/** Names of the types that files may hold and the engine does not run. */
export const OTHER_TYPES: Record<number, string> = {
  3: 'UINT8',
  5: 'STRING',
  6: 'BOOL',
  8: 'COMPLEX64',
  10: 'FLOAT64',
  11: 'COMPLEX128',
  12: 'UINT64',
  13: 'RESOURCE',
  14: 'VARIANT',
  15: 'UINT32',
  16: 'UINT16',
  18: 'BFLOAT16',
};

/** Operators that the engine runs, by their number. */
export const OPERATOR_NUMBERS: Record<OperatorCode, number> = {
  ADD: 0,
  AVERAGE_POOL_2D: 1,
  CONCATENATION: 2,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  DEQUANTIZE: 6,
  FULLY_CONNECTED: 9,
  LOGISTIC: 14,
  MAX_POOL_2D: 17,
  MUL: 18,
  RELU: 19,
  RELU6: 21,
  RESHAPE: 22,
  SOFTMAX: 25,
  TANH: 28,
  PAD: 34,
  TRANSPOSE: 39,
  MEAN: 40,
  SUB: 41,
  LEAKY_RELU: 98,
  QUANTIZE: 114,
};

/** Which member of the union of options goes with an operator; 0 where it has none. */
export const OPTION_NUMBERS: Record<OperatorCode, number> = {
  CONV_2D: 1,
  DEPTHWISE_CONV_2D: 2,
  AVERAGE_POOL_2D: 5,
  MAX_POOL_2D: 5,
  FULLY_CONNECTED: 8,
  SOFTMAX: 9,
  CONCATENATION: 10,
  ADD: 11,
  RESHAPE: 17,
  MUL: 21,
  PAD: 22,
  TRANSPOSE: 26,
  MEAN: 27,
  SUB: 28,
  DEQUANTIZE: 38,
  LEAKY_RELU: 75,
  QUANTIZE: 89,
  LOGISTIC: 0,
  TANH: 0,
  RELU: 0,
  RELU6: 0,
};

export const PADDINGS = ['SAME', 'VALID'] as const;
export const ACTIVATIONS: readonly FusedActivation[] = ['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6'];

/** Places of the fields in their tables. */
export const FIELDS = {
  model: { version: 0, operatorCodes: 1, subgraphs: 2, description: 3, buffers: 4 },
  operatorCode: { deprecatedBuiltinCode: 0, customCode: 1, version: 2, builtinCode: 3 },
  subgraph: { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4 },
  tensor: {
    shape: 0,
    type: 1,
    buffer: 2,
    name: 3,
    quantization: 4,
    isVariable: 5,
    sparsity: 6,
    shapeSignature: 7,
  },
  quantization: { min: 0, max: 1, scale: 2, zeroPoint: 3, detailsType: 4, quantizedDimension: 6 },
  operator: { opcodeIndex: 0, inputs: 1, outputs: 2, optionsType: 3, options: 4 },
  buffer: { data: 0, offset: 1, size: 2 },
  conv: {
    padding: 0,
    strideW: 1,
    strideH: 2,
    activation: 3,
    dilationW: 4,
    dilationH: 5,
    biasType: 6,
  },
  depthwise: {
    padding: 0,
    strideW: 1,
    strideH: 2,
    multiplier: 3,
    activation: 4,
    dilationW: 5,
    dilationH: 6,
  },
  pool: { padding: 0, strideW: 1, strideH: 2, filterW: 3, filterH: 4, activation: 5 },
  fullyConnected: {
    activation: 0,
    weightsFormat: 1,
    keepNumDims: 2,
    asymmetricInputs: 3,
    biasType: 4,
  },
  softmax: { beta: 0 },
  concatenation: { axis: 0, activation: 1 },
  /** Of ADD, SUB and MUL. */
  arithmetic: { activation: 0, powerOfTwoScale: 1 },
  reshape: { newShape: 0 },
  reducer: { keepDims: 0 },
  leakyRelu: { alpha: 0 },
} as const;
