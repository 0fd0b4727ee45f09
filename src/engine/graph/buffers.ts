import { ReaderError } from '../../shared/reader-error.ts';
import type { Graph, GraphTensor, TensorData, TensorType } from './graph.ts';
import { sizeOf } from './operator-site.ts';

const ARRAYS = {
  float32: Float32Array,
  float16: Uint16Array,
  int4: Int8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
} as const satisfies Record<TensorType, new (length: number) => TensorData>;

/** A buffer for each tensor; constants are their own. @internal */
export function allocateBuffers({ tensors }: Graph): TensorData[] {
  return tensors.map((tensor) => {
    const length = sizeOf(tensor.shape);
    if (!tensor.data) return new ARRAYS[tensor.type](length);
    requireData(tensor, tensor.data, length);
    return tensor.data;
  });
}

/** Data must be of the type and length that the tensor says. @internal */
export function requireData(tensor: GraphTensor, data: TensorData, length: number): void {
  if (data instanceof ARRAYS[tensor.type] && data.length === length) return;
  throw new ReaderError({
    code: 'tensor-data-does-not-fit',
    explain: `The tensor ${tensor.name} holds ${length} values of ${tensor.type}; ${data.length} in ${data.constructor.name} came.`,
    hint: `Give ${ARRAYS[tensor.type].name} of the length that the shape [${tensor.shape.join(', ')}] says.`,
  });
}
