import type { Graph, GraphOperator, TensorType } from '../graph/graph.ts';

/**
 * The version of an operator that a runtime must know to run it with these types.
 *
 * @see `GetBuiltinOperatorVersion`, tensorflow/compiler/mlir/lite/tools/versioning/op_version.cc
 * @internal
 */
export function operatorVersion({ tensors }: Graph, operator: GraphOperator): number {
  const [input, weights] = [0, 1].map((position) => tensors[operator.inputs[position] ?? -1]);
  const type = input?.type;
  const perChannel = (weights?.quantization?.scales.length ?? 0) > 1;
  const hybrid = type === 'float32' && weights?.type === 'int8';
  switch (operator.code) {
    case 'CONV_2D':
      if (weights?.type === 'int4') return 7;
      if (hybrid) return perChannel ? 5 : 2;
      return byType(type, { int8: 3, int16: 8 });
    case 'DEPTHWISE_CONV_2D': {
      if (weights?.type === 'int4') return 7;
      if (hybrid) return perChannel ? 6 : 4;
      const { dilationHeight, dilationWidth } = operator.options;
      const dilated = dilationHeight > 1 || dilationWidth > 1;
      return byType(type, { float: dilated ? 2 : 1, int8: 3, int16: 5 });
    }
    case 'FULLY_CONNECTED':
      if (weights?.type === 'int4') return type === 'int16' ? 13 : 10;
      if (hybrid && perChannel) return 12;
      if (type === 'int16') return 11;
      if ((operator.inputs[2] ?? -1) < 0) return 6;
      if (operator.options.keepNumDims) return 5;
      if (hybrid) return 3;
      return byType(type, { int8: 4, int16: 11 });
    case 'DEQUANTIZE':
      if (type === 'int4') return 6;
      if ((input?.quantization?.scales.length ?? 0) > 1) return 5;
      return type === 'int8' ? 2 : 3;
    case 'QUANTIZE':
      return tensors[operator.output]!.type === 'int16' ? 2 : 1;
    case 'MUL':
      return byType(type, {
        int8: scaleUp(input, weights, tensors[operator.output]) ? 3 : 2,
        int16: 4,
      });
    case 'SUB':
    case 'TRANSPOSE':
      return byType(type, { int8: 2, int16: 5 });
    case 'LEAKY_RELU':
      return byType(type, { int8: 1, int16: 2 });
    case 'RESHAPE':
      return 1;
    default:
      return byType(type, { int8: 2, int16: 3 });
  }
}

function byType(
  type: TensorType | undefined,
  versions: { float?: number; int8: number; int16: number },
): number {
  if (type === 'int8') return versions.int8;
  return type === 'int16' ? versions.int16 : (versions.float ?? 1);
}

/** Whether a product of integers has a larger scale than its factors' product. */
function scaleUp(...tensors: (Graph['tensors'][number] | undefined)[]): boolean {
  const [a, b, product] = tensors.map((tensor) => tensor?.quantization?.scales[0] ?? 0);
  return product! > 0 && (a! * b!) / product! >= 1;
}
