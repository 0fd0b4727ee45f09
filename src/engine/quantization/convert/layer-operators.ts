import { ReaderError } from '../../../shared/reader-error.ts';
import type { FusedActivation, GraphOperator } from '../../graph/graph.ts';
import type { LayerNode } from '../../model-graph/model-graph.ts';
import { normalizesLastAxis } from '../fold-batch-norm.ts';
import {
  emitBatchNorm,
  emitConv1D,
  emitConv2D,
  emitDense,
  emitDepthwise,
  reshape,
  type EmitLayer,
} from './linear-operators.ts';

type Config = Record<string, unknown>;

const emitPool =
  (code: 'AVERAGE_POOL_2D' | 'MAX_POOL_2D'): EmitLayer =>
  (builder, node, [input]) => {
    const config = node.layer.getConfig() as {
      poolSize: [number, number];
      strides: [number, number];
      padding: string;
    };
    const options = {
      padding: config.padding === 'same' ? ('SAME' as const) : ('VALID' as const),
      filterHeight: config.poolSize[0],
      filterWidth: config.poolSize[1],
      strideHeight: config.strides[0],
      strideWidth: config.strides[1],
      activation: 'NONE' as const,
    };
    return builder.add(
      { code, options },
      [input!],
      builder.tensor(node.name, [1, ...node.outputShape]),
    );
  };

const emitGlobalMax: EmitLayer = (builder, node, [input]) => {
  const [, height, width, channels] = builder.tensors[input!]!.shape as number[];
  const pooled = builder.add(
    {
      code: 'MAX_POOL_2D',
      options: {
        padding: 'VALID',
        filterHeight: height!,
        filterWidth: width!,
        strideHeight: height!,
        strideWidth: width!,
        activation: 'NONE',
      },
    },
    [input!],
    builder.tensor(`${node.name}/image`, [1, 1, 1, channels!]),
  );
  return reshape(builder, node.name, pooled, [1, ...node.outputShape]);
};

const emitGlobalAverage: EmitLayer = (builder, node, [input]) =>
  builder.add(
    { code: 'MEAN', options: { keepDims: false } },
    [input!, builder.integers(`${node.name}/axes`, [1, 2])],
    builder.tensor(node.name, [1, ...node.outputShape]),
  );

const emitReshape: EmitLayer = (builder, node, [input]) =>
  reshape(builder, node.name, input!, [1, ...node.outputShape]);

const emitPadding: EmitLayer = (builder, node, [input]) => {
  const { padding } = node.layer.getConfig() as { padding: [[number, number], [number, number]] };
  const paddings = builder.integers(
    `${node.name}/paddings`,
    [0, 0, ...padding[0], ...padding[1], 0, 0],
    [4, 2],
  );
  return builder.add(
    { code: 'PAD', options: {} },
    [input!, paddings],
    builder.tensor(node.name, [1, ...node.outputShape]),
  );
};

const emitAdd: EmitLayer = (builder, node, inputs) => {
  if (inputs.length !== 2)
    throw unsupported(node, `it adds ${inputs.length} tensors; add two at a time`);
  return builder.add(
    { code: 'ADD', options: { activation: 'NONE' } },
    inputs,
    builder.tensor(node.name, [1, ...node.outputShape]),
  );
};

const emitConcatenate: EmitLayer = (builder, node, inputs) => {
  const axis = (node.layer.getConfig() as { axis: number }).axis;
  return builder.add(
    { code: 'CONCATENATION', options: { axis, activation: 'NONE' } },
    inputs,
    builder.tensor(node.name, [1, ...node.outputShape]),
  );
};

/** A layer that does nothing once trained. */
const emitNothing: EmitLayer = (_, __, [input]) => input!;

const ALONE: Record<string, Pick<GraphOperator, 'code' | 'options'>> = {
  relu: { code: 'RELU', options: {} },
  relu6: { code: 'RELU6', options: {} },
  softmax: { code: 'SOFTMAX', options: { beta: 1 } },
  sigmoid: { code: 'LOGISTIC', options: {} },
  tanh: { code: 'TANH', options: {} },
};

const FUSED: Record<string, FusedActivation> = { relu: 'RELU', relu6: 'RELU6' };

/** The activation that a layer of its own applies; undefined when it is not one that TFLite has. */
function activationOf({ className, layer }: LayerNode): string | undefined {
  const config = layer.getConfig() as Config;
  if (className === 'Activation') return config['activation'] as string;
  if (className === 'Softmax') return 'softmax';
  if (className !== 'ReLU') return undefined;
  const max = config['maxValue'] as number | null | undefined;
  return max === undefined || max === null ? 'relu' : max === 6 ? 'relu6' : undefined;
}

const emitActivation: EmitLayer = (builder, node, [input]) => {
  const activation = activationOf(node);
  if (activation === 'linear') return input!;
  const operator = ALONE[activation ?? ''];
  if (!operator) throw unsupported(node);
  return builder.add(operator, [input!], builder.tensor(node.name, [1, ...node.outputShape]));
};

/** The activation that the operator before a layer could apply as well. @internal */
export function fusedActivationOf(node: LayerNode): FusedActivation | undefined {
  return FUSED[activationOf(node) ?? ''];
}

const EMIT: Record<string, EmitLayer> = {
  Activation: emitActivation,
  Add: emitAdd,
  AveragePooling2D: emitPool('AVERAGE_POOL_2D'),
  Concatenate: emitConcatenate,
  Conv1D: emitConv1D,
  Conv2D: emitConv2D,
  Dense: emitDense,
  DepthwiseConv2D: emitDepthwise,
  Dropout: emitNothing,
  Flatten: emitReshape,
  GaussianDropout: emitNothing,
  GaussianNoise: emitNothing,
  GlobalAveragePooling2D: emitGlobalAverage,
  GlobalMaxPooling2D: emitGlobalMax,
  MaxPooling2D: emitPool('MAX_POOL_2D'),
  ReLU: emitActivation,
  Reshape: emitReshape,
  Softmax: emitActivation,
  SpatialDropout1D: emitNothing,
  SpatialDropout2D: emitNothing,
  ZeroPadding2D: emitPadding,
};

/** The operators of one layer. @internal */
export const emitLayer: EmitLayer = (builder, node, inputs) => {
  const format = (node.layer.getConfig() as Config)['dataFormat'];
  if (format === 'channelsFirst') throw unsupported(node, 'its data format is channelsFirst');
  if (node.className === 'BatchNormalization') {
    if (node.outputShape.length === 3 && normalizesLastAxis(node)) {
      return emitBatchNorm(builder, node, inputs);
    }
    throw unsupported(node, 'it stands alone, not after a convolution or dense layer');
  }
  const emit = EMIT[node.className];
  if (!emit) throw unsupported(node);
  return emit(builder, node, inputs);
};

function unsupported(node: LayerNode, why?: string): ReaderError {
  const { name, className } = node;
  const what = className === 'Activation' ? `Activation ${String(activationOf(node))}` : className;
  return new ReaderError({
    code: 'layer-unsupported',
    explain: `The layer ${name} (${what}) cannot be quantized${why ? `: ${why}` : ''}.`,
    elaborate: `The layers that can are ${Object.keys(EMIT).join(', ')} and BatchNormalization; the activations linear, ${Object.keys(ALONE).join(', ')}.`,
    hint:
      className === 'SeparableConv2D'
        ? 'Write it as a DepthwiseConv2D followed by a Conv2D of 1 × 1.'
        : 'Replace it by layers of that list, or quantize the part of the model before it.',
  });
}
