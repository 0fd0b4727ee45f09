import type { Builder } from 'flatbuffers';
import type { Graph, GraphOperator } from '../graph/graph.ts';
import { ACTIVATIONS, FIELDS, PADDINGS, TENSOR_TYPES } from './schema.ts';

type Field = [place: number, type: 'int8' | 'int32' | 'float32' | 'offset', value: number];

/** Writes a table of options; gives its offset. Defaults are written too: a reader need not know them. @internal */
export function writeOptions(builder: Builder, graph: Graph, operator: GraphOperator): number {
  const fields = fieldsOf(builder, graph, operator);
  builder.startObject(Math.max(0, ...fields.map(([place]) => place + 1)));
  builder.forceDefaults(true);
  for (const [place, type, value] of fields) {
    if (type === 'int8') builder.addFieldInt8(place, value, 0);
    else if (type === 'int32') builder.addFieldInt32(place, value, 0);
    else if (type === 'float32') builder.addFieldFloat32(place, value, 0);
    else builder.addFieldOffset(place, value, 0);
  }
  builder.forceDefaults(false);
  return builder.endObject();
}

function fieldsOf(builder: Builder, { tensors }: Graph, operator: GraphOperator): Field[] {
  const isInt16 = tensors[operator.inputs[0]!]?.type === 'int16';
  switch (operator.code) {
    case 'CONV_2D': {
      const { conv } = FIELDS;
      return [
        ...windowFields(conv, operator.options),
        [conv.activation, 'int8', ACTIVATIONS.indexOf(operator.options.activation)],
        [conv.dilationW, 'int32', operator.options.dilationWidth],
        [conv.dilationH, 'int32', operator.options.dilationHeight],
        // The type of the sums: what a runtime takes 64-bit biases by.
        ...(isInt16 ? ([[conv.biasType, 'int8', TENSOR_TYPES.int64]] as Field[]) : []),
      ];
    }
    case 'DEPTHWISE_CONV_2D': {
      const { depthwise } = FIELDS;
      return [
        ...windowFields(depthwise, operator.options),
        [depthwise.multiplier, 'int32', operator.options.depthMultiplier],
        [depthwise.activation, 'int8', ACTIVATIONS.indexOf(operator.options.activation)],
        [depthwise.dilationW, 'int32', operator.options.dilationWidth],
        [depthwise.dilationH, 'int32', operator.options.dilationHeight],
      ];
    }
    case 'AVERAGE_POOL_2D':
    case 'MAX_POOL_2D': {
      const { pool } = FIELDS;
      return [
        ...windowFields(pool, operator.options),
        [pool.filterW, 'int32', operator.options.filterWidth],
        [pool.filterH, 'int32', operator.options.filterHeight],
        [pool.activation, 'int8', ACTIVATIONS.indexOf(operator.options.activation)],
      ];
    }
    case 'FULLY_CONNECTED': {
      const { fullyConnected } = FIELDS;
      const { activation, keepNumDims } = operator.options;
      return [
        [fullyConnected.activation, 'int8', ACTIVATIONS.indexOf(activation)],
        [fullyConnected.keepNumDims, 'int8', keepNumDims ? 1 : 0],
        ...(isInt16 ? ([[fullyConnected.biasType, 'int8', TENSOR_TYPES.int64]] as Field[]) : []),
      ];
    }
    case 'ADD':
    case 'SUB':
    case 'MUL': {
      const { arithmetic } = FIELDS;
      const activation = ACTIVATIONS.indexOf(operator.options.activation);
      return [
        [arithmetic.activation, 'int8', activation],
        // Scales of int16 that are no powers of two: the general kernel.
        ...(operator.code === 'MUL' ? [] : ([[arithmetic.powerOfTwoScale, 'int8', 0]] as Field[])),
      ];
    }
    case 'CONCATENATION': {
      const { axis, activation } = operator.options;
      return [
        [FIELDS.concatenation.axis, 'int32', axis],
        [FIELDS.concatenation.activation, 'int8', ACTIVATIONS.indexOf(activation)],
      ];
    }
    case 'RESHAPE':
      return [[FIELDS.reshape.newShape, 'offset', int32Vector(builder, operator.options.newShape)]];
    case 'MEAN':
      return [[FIELDS.reducer.keepDims, 'int8', operator.options.keepDims ? 1 : 0]];
    case 'SOFTMAX':
      return [[FIELDS.softmax.beta, 'float32', operator.options.beta]];
    case 'LEAKY_RELU':
      return [[FIELDS.leakyRelu.alpha, 'float32', operator.options.alpha]];
    default:
      return [];
  }
}

function windowFields(
  fields: { padding: number; strideW: number; strideH: number },
  options: { padding: 'SAME' | 'VALID'; strideHeight: number; strideWidth: number },
): Field[] {
  return [
    [fields.padding, 'int8', PADDINGS.indexOf(options.padding)],
    [fields.strideW, 'int32', options.strideWidth],
    [fields.strideH, 'int32', options.strideHeight],
  ];
}

/** A vector of int32; gives its offset. @internal */
export function int32Vector(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addInt32(value);
  return builder.endVector();
}
