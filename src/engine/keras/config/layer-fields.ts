/** What the configuration of each layer may hold: the one list of layers that are read and written. */

/** How the value of a key is read and written. */
export type FieldKind =
  | 'number'
  | 'integer'
  | 'boolean'
  /** Integers, null for those not known, lists of them in lists too. */
  | 'integers'
  /** One of BatchNormalization: an integer, or a list of one. */
  | 'axis'
  | 'padding'
  /** An integer; anything else is as if it were not there. */
  | 'seed'
  /** Only channels_last. */
  | 'dataFormat'
  | 'word'
  | 'activation'
  | 'initializer'
  | 'regularizer'
  | 'constraint'
  /** A layer. */
  | 'layer'
  /** Not read, and not written. */
  | 'ignored'
  /** Refused unless it is not set: null, false or 0. */
  | 'unset'
  /** Refused unless it is 1, along every axis. */
  | 'one';

/** Keras's names of keys: those of TensorFlow.js in snake case. */
export interface LayerFields {
  fields: Record<string, FieldKind>;
  /** Names in Keras 3 that are others than in Keras 2. */
  renamedInKeras3?: Record<string, string>;
  /** Keys that TensorFlow.js keeps and does not tell. */
  untold?: readonly string[];
  /** What Keras takes for keys that are not there, where TensorFlow.js takes something else. */
  defaults?: Record<string, number>;
  /** What is written so that Keras does not take something else for it. */
  written?: Record<string, boolean>;
}

const BIAS: Record<string, FieldKind> = {
  use_bias: 'boolean',
  bias_initializer: 'initializer',
  bias_regularizer: 'regularizer',
  bias_constraint: 'constraint',
};
const KERNEL: Record<string, FieldKind> = {
  kernel_initializer: 'initializer',
  kernel_regularizer: 'regularizer',
  kernel_constraint: 'constraint',
};
const NO_KERNEL: Record<string, FieldKind> = {
  kernel_initializer: 'ignored',
  kernel_regularizer: 'ignored',
  kernel_constraint: 'ignored',
};
const depthwise: Record<string, FieldKind> = {
  depth_multiplier: 'integer',
  depthwise_initializer: 'initializer',
  depthwise_regularizer: 'regularizer',
  depthwise_constraint: 'constraint',
};
const CONVOLUTION: Record<string, FieldKind> = {
  kernel_size: 'integers',
  strides: 'integers',
  padding: 'padding',
  data_format: 'dataFormat',
  dilation_rate: 'integers',
  groups: 'one',
  activation: 'activation',
  ...BIAS,
  activity_regularizer: 'regularizer',
  lora_rank: 'unset',
};
const conv: Record<string, FieldKind> = { filters: 'integer', ...CONVOLUTION, ...KERNEL };
const pool: Record<string, FieldKind> = {
  pool_size: 'integers',
  strides: 'integers',
  padding: 'padding',
  data_format: 'dataFormat',
};
const globalPool: Record<string, FieldKind> = { data_format: 'dataFormat', keepdims: 'unset' };
const recurrent: Record<string, FieldKind> = {
  units: 'integer',
  activation: 'activation',
  ...BIAS,
  ...KERNEL,
  recurrent_initializer: 'initializer',
  recurrent_regularizer: 'regularizer',
  recurrent_constraint: 'constraint',
  activity_regularizer: 'regularizer',
  dropout: 'number',
  recurrent_dropout: 'number',
  return_sequences: 'boolean',
  return_state: 'boolean',
  go_backwards: 'boolean',
  unroll: 'boolean',
  stateful: 'unset',
  time_major: 'unset',
  zero_output_for_mask: 'unset',
  use_cudnn: 'ignored',
  seed: 'ignored',
};
const gated: Record<string, FieldKind> = {
  ...recurrent,
  recurrent_activation: 'activation',
  implementation: 'integer',
};
const random: Record<string, FieldKind> = { seed: 'seed' };
const normalization: Record<string, FieldKind> = {
  epsilon: 'number',
  center: 'boolean',
  scale: 'boolean',
  beta_initializer: 'initializer',
  gamma_initializer: 'initializer',
  beta_regularizer: 'regularizer',
  gamma_regularizer: 'regularizer',
  beta_constraint: 'constraint',
  gamma_constraint: 'constraint',
};

const fields = (
  own: Record<string, FieldKind> = {},
  rest: Omit<LayerFields, 'fields'> = {},
): LayerFields => ({ fields: own, ...rest });

/** Every layer that is read and written, by its class. Nothing else is ever looked up by a name from a file. @internal */
export const LAYERS: ReadonlyMap<string, LayerFields> = new Map(
  Object.entries({
    Activation: fields({ activation: 'activation' }),
    Add: fields(),
    AlphaDropout: fields({ rate: 'number', noise_shape: 'unset', ...random }, { untold: ['seed'] }),
    Average: fields(),
    AveragePooling1D: fields(pool),
    AveragePooling2D: fields(pool),
    BatchNormalization: fields({
      axis: 'axis',
      momentum: 'number',
      ...normalization,
      moving_mean_initializer: 'initializer',
      moving_variance_initializer: 'initializer',
      renorm: 'unset',
      virtual_batch_size: 'unset',
      fused: 'ignored',
      synchronized: 'ignored',
    }),
    Bidirectional: fields({ layer: 'layer', merge_mode: 'word', backward_layer: 'ignored' }),
    Concatenate: fields({ axis: 'integer' }),
    Conv1D: fields(conv),
    Conv2D: fields(conv),
    Conv2DTranspose: fields({ ...conv, output_padding: 'unset' }),
    Cropping2D: fields({ cropping: 'integers', data_format: 'dataFormat' }),
    Dense: fields({
      units: 'integer',
      activation: 'activation',
      ...BIAS,
      ...KERNEL,
      activity_regularizer: 'regularizer',
      lora_rank: 'unset',
    }),
    DepthwiseConv2D: fields(
      // TensorFlow.js computes it without dilation, whatever is asked.
      { ...CONVOLUTION, ...NO_KERNEL, ...depthwise, dilation_rate: 'one' },
      { untold: ['depthwise_constraint'] },
    ),
    Dropout: fields({ rate: 'number', noise_shape: 'integers', ...random }),
    ELU: fields({ alpha: 'number' }),
    Embedding: fields({
      input_dim: 'integer',
      output_dim: 'integer',
      embeddings_initializer: 'initializer',
      embeddings_regularizer: 'regularizer',
      embeddings_constraint: 'constraint',
      activity_regularizer: 'regularizer',
      mask_zero: 'boolean',
      input_length: 'integers',
      sparse: 'ignored',
      lora_rank: 'unset',
    }),
    Flatten: fields({ data_format: 'dataFormat' }),
    GRU: fields({ ...gated, reset_after: 'unset' }, { written: { reset_after: false } }),
    GaussianDropout: fields({ rate: 'number', ...random }, { untold: ['seed'] }),
    GaussianNoise: fields({ stddev: 'number', ...random }, { untold: ['seed'] }),
    GlobalAveragePooling1D: fields(globalPool),
    GlobalAveragePooling2D: fields(globalPool),
    GlobalMaxPooling1D: fields(globalPool),
    GlobalMaxPooling2D: fields(globalPool),
    LSTM: fields({ ...gated, unit_forget_bias: 'boolean' }),
    LayerNormalization: fields({ axis: 'integers', ...normalization, rms_scaling: 'unset' }),
    LeakyReLU: fields({ alpha: 'number' }, { renamedInKeras3: { alpha: 'negative_slope' } }),
    Masking: fields({ mask_value: 'number' }),
    MaxPooling1D: fields(pool),
    MaxPooling2D: fields(pool),
    Maximum: fields(),
    Minimum: fields(),
    Multiply: fields(),
    PReLU: fields({
      alpha_initializer: 'initializer',
      alpha_regularizer: 'regularizer',
      alpha_constraint: 'constraint',
      shared_axes: 'integers',
    }),
    Permute: fields({ dims: 'integers' }),
    ReLU: fields({ max_value: 'number', negative_slope: 'unset', threshold: 'unset' }),
    RepeatVector: fields({ n: 'integer' }),
    Rescaling: fields({ scale: 'number', offset: 'number' }),
    Reshape: fields({ target_shape: 'integers' }),
    SeparableConv2D: fields(
      {
        filters: 'integer',
        ...CONVOLUTION,
        ...NO_KERNEL,
        ...depthwise,
        pointwise_initializer: 'initializer',
        pointwise_regularizer: 'regularizer',
        pointwise_constraint: 'constraint',
      },
      { untold: ['depth_multiplier'] },
    ),
    SimpleRNN: fields(recurrent),
    Softmax: fields({ axis: 'integers' }, { defaults: { axis: -1 } }),
    SpatialDropout1D: fields(
      { rate: 'number', noise_shape: 'ignored', data_format: 'dataFormat', ...random },
      { untold: ['seed'] },
    ),
    Subtract: fields(),
    ThresholdedReLU: fields({ theta: 'number' }),
    TimeDistributed: fields({ layer: 'layer' }),
    UpSampling2D: fields({ size: 'integers', data_format: 'dataFormat', interpolation: 'word' }),
    ZeroPadding2D: fields({ padding: 'integers', data_format: 'dataFormat' }),
  } satisfies Record<string, LayerFields>),
);

/** Keys that every layer may have beside its own, and that change nothing here. @internal */
export const COMMON_KEYS: ReadonlySet<string> = new Set([
  'name',
  'trainable',
  'dtype',
  'batch_input_shape',
  'batch_shape',
  'input_shape',
  'input_dtype',
  'autocast',
]);
