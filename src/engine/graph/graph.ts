/**
 * A network as TFLite sees it: tensors, and operators on them in the order in which they run. A converter
 * makes one out of a Keras model, the kernels run it, a writer makes a .tflite of it; all speak of this.
 */

/** Element types of TFLite that the engine knows. int4 is kept one value per byte until it is written. */
export type TensorType = 'float32' | 'float16' | 'int4' | 'int8' | 'int16' | 'int32' | 'int64';

/** r = scale·(q − zeroPoint). One scale: per tensor; several: one for each index of `axis`. */
export interface TensorQuantization {
  /** float32 values. */
  readonly scales: Float32Array;
  readonly zeroPoints: Int32Array;
  /** The axis that the scales run along; 0 where there is one scale. */
  readonly axis: number;
  /** So many neighbours along the axis share a scale: weights only, and a .tflite file has no place for it. */
  readonly groupSize?: number;
}

export type TensorData =
  Float32Array | Int8Array | Int16Array | Int32Array | BigInt64Array | Uint16Array;

export interface GraphTensor {
  readonly name: string;
  /** With the batch dimension, which is 1 in a file; kernels take any batch. */
  readonly shape: readonly number[];
  readonly type: TensorType;
  readonly quantization?: TensorQuantization | undefined;
  /** Constants only: float16 as its bits in a Uint16Array, int4 one value per byte in an Int8Array. */
  readonly data?: TensorData | undefined;
}

export type Padding = 'SAME' | 'VALID';
export type FusedActivation = 'NONE' | 'RELU' | 'RELU_N1_TO_1' | 'RELU6';

interface Window {
  padding: Padding;
  strideHeight: number;
  strideWidth: number;
}

interface ConvOptions extends Window {
  dilationHeight: number;
  dilationWidth: number;
  activation: FusedActivation;
}

interface PoolOptions extends Window {
  filterHeight: number;
  filterWidth: number;
  activation: FusedActivation;
}

/** The operators, by TFLite's names, with the options that its schema gives them. */
export interface OperatorOptions {
  /** Inputs: data, filter OHWI, bias (or none). */
  CONV_2D: ConvOptions;
  /** Inputs: data, filter 1HW(C·multiplier), bias (or none). */
  DEPTHWISE_CONV_2D: ConvOptions & { depthMultiplier: number };
  /** Inputs: data, weights [out, in], bias (or none). */
  FULLY_CONNECTED: { activation: FusedActivation; keepNumDims: boolean };
  AVERAGE_POOL_2D: PoolOptions;
  MAX_POOL_2D: PoolOptions;
  /** Inputs: data, axes (int32). */
  MEAN: { keepDims: boolean };
  ADD: { activation: FusedActivation };
  SUB: { activation: FusedActivation };
  MUL: { activation: FusedActivation };
  /** Inputs: data, paddings [rank, 2] (int32). */
  PAD: Record<never, never>;
  CONCATENATION: { axis: number; activation: FusedActivation };
  /** Inputs: data, and the new shape (int32), whose batch of 1 stands for any. */
  RESHAPE: { newShape: readonly number[] };
  /** Inputs: data, and for each axis of the output the axis of the data that it is (int32). */
  TRANSPOSE: Record<never, never>;
  SOFTMAX: { beta: number };
  LOGISTIC: Record<never, never>;
  TANH: Record<never, never>;
  RELU: Record<never, never>;
  RELU6: Record<never, never>;
  /** x where it is positive, else alpha·x. */
  LEAKY_RELU: { alpha: number };
  QUANTIZE: Record<never, never>;
  DEQUANTIZE: Record<never, never>;
}

export type OperatorCode = keyof OperatorOptions;

/** One step: reads tensors, writes one. An input of −1 stands for one that is left out, such as a bias. */
export type GraphOperator = {
  [Code in OperatorCode]: {
    readonly code: Code;
    readonly options: OperatorOptions[Code];
    readonly inputs: readonly number[];
    readonly output: number;
  };
}[OperatorCode];

export interface Graph {
  readonly name: string;
  readonly tensors: readonly GraphTensor[];
  readonly operators: readonly GraphOperator[];
  /** Indices of the tensors that are given, and of those that come out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}
