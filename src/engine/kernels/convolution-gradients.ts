import * as tf from '@tensorflow/tfjs';
import { imageToColumns, type ConvGeometry } from './image-columns.ts';
import { runKernel, type WasmMemory } from './wasm-memory.ts';
import { windowsToImage } from './windows-to-image.ts';

type Sizes4 = [number, number, number, number];
type Attrs = Record<string, unknown>;

/** The geometry that a gradient kernel's attributes describe; core allows dilation 1 only. @internal */
export function geometry(
  inputShape: number[],
  filterShape: number[],
  attrs: Attrs,
  depthwise: boolean,
): ConvGeometry {
  const { strides, pad, dimRoundingMode, dilations = 1, dataFormat = 'NHWC' } = attrs;
  if (dataFormat !== 'NHWC') throw new Error(`Data format ${String(dataFormat)}: only NHWC.`);
  return tf.backend_util.computeConv2DInfo(
    inputShape as Sizes4,
    filterShape as Sizes4,
    strides as number,
    dilations as number,
    pad as 'same',
    dimRoundingMode as 'floor',
    depthwise,
  );
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
const viewed = (info: tf.TensorInfo, shape: number[]): tf.TensorInfo => ({ ...info, shape });

/** dW = Σ over outputs of x·dy: columns(x) [filter taps, outputs] · dy [outputs, channels]. @internal */
export function conv2DBackpropFilter(
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  attrs: Attrs,
  backend: WasmMemory,
): tf.TensorInfo {
  const filterShape = attrs['filterShape'] as number[];
  const conv = geometry(x.shape, filterShape, attrs, false);
  const taps = product(filterShape.slice(0, 3));
  const outputs = conv.batchSize * conv.outHeight * conv.outWidth;
  const columns = backend.makeOutput([taps, outputs], 'float32');
  imageToColumns(backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(columns), conv);
  const b = viewed(dy, [outputs, conv.outChannels]);
  const flat = runKernel('BatchMatMul', { a: columns, b }, untransposed, backend);
  backend.disposeData(columns.dataId);
  return viewed(flat, filterShape);
}

/** dx = dy [outputs, channels] · Wᵀ [channels, filter taps], added up where windows overlap. @internal */
export function conv2DBackpropInput(
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  attrs: Attrs,
  backend: WasmMemory,
): tf.TensorInfo {
  const inputShape = attrs['inputShape'] as number[];
  const conv = geometry(inputShape, filter.shape, attrs, false);
  const taps = product(filter.shape.slice(0, 3));
  const outputs = conv.batchSize * conv.outHeight * conv.outWidth;
  const x = viewed(filter, [taps, conv.outChannels]);
  const b = runKernel('Transpose', { x }, { perm: [1, 0] }, backend);
  const a = viewed(dy, [outputs, conv.outChannels]);
  const columns = runKernel('BatchMatMul', { a, b }, untransposed, backend);
  const dx = backend.makeOutput(inputShape, 'float32');
  windowsToImage(backend.typedArrayFromHeap(columns), backend.typedArrayFromHeap(dx), conv);
  backend.disposeData(b.dataId);
  backend.disposeData(columns.dataId);
  return dx;
}

const untransposed = { transposeA: false, transposeB: false };
