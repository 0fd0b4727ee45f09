import * as tf from '@tensorflow/tfjs';

export type Variable = ReturnType<tf.layers.Layer['addWeight']>;

/** Where the layers of TensorFlow.js keep their kernels. */
const KERNEL_FIELDS: Record<string, string> = {
  Conv1D: 'kernel',
  Conv2D: 'kernel',
  Dense: 'kernel',
  DepthwiseConv2D: 'depthwiseKernel',
  SeparableConv2D: 'pointwiseKernel',
};

/** What a wrapping layer is made of. */
export interface WrappingArgs {
  name: string;
  layer: tf.layers.Layer;
}

/**
 * A layer around another, whose weights are its own: TensorFlow.js has no Wrapper to build on. Those that extend it
 * say what happens before and after the inner layer's `call`, add variables with `addWeight` in `build`, and give
 * their `className` and what they add to the configuration.
 *
 * @internal
 */
export abstract class WrappingLayer extends tf.layers.Layer {
  readonly inner: tf.layers.Layer;

  constructor({ layer, ...args }: WrappingArgs) {
    super(args as never);
    this.inner = layer;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.inner.build(inputShape);
    this.inner.built = true;
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return this.inner.computeOutputShape(inputShape);
  }

  /** The inner layer's own computation. */
  protected callInner(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    const found = this.inner.call(inputs, kwargs as never);
    return Array.isArray(found) ? found[0]! : found;
  }

  /** Whether the inner layer has a kernel. */
  protected get hasKernel(): boolean {
    return this.inner.getClassName() in KERNEL_FIELDS;
  }

  /** The inner layer's kernel; of SeparableConv2D that of its pointwise part. */
  kernel(): Variable {
    return (this.inner as unknown as Record<string, Variable>)[this.#kernelField()]!;
  }

  /** Runs something while the inner layer reads other values in place of its kernel. */
  protected withKernel<T>(values: tf.Tensor, run: () => T): T {
    const layer = this.inner as unknown as Record<string, unknown>;
    const kernel = this.kernel();
    layer[this.#kernelField()] = { read: () => values };
    try {
      return run();
    } finally {
      layer[this.#kernelField()] = kernel;
    }
  }

  /** Among them the penalties of the inner layer's regularizers. */
  override get losses(): tf.layers.Layer['losses'] {
    return [...super.losses, ...this.inner.losses];
  }

  /** Variables that the wrapping layer adds and that train; none unless overridden. */
  protected ownTrainable(): Variable[] {
    return [];
  }

  /** Variables that the wrapping layer adds and that do not train. */
  protected abstract ownVariables(): Variable[];

  override get trainableWeights(): Variable[] {
    if (!this.trainable || !this.inner) return [];
    return [...this.inner.trainableWeights, ...this.ownTrainable()];
  }

  override set trainableWeights(_: Variable[]) {
    // The base class assigns an empty list when it is made.
  }

  override get nonTrainableWeights(): Variable[] {
    if (!this.inner) return [];
    return this.trainable
      ? [...this.inner.nonTrainableWeights, ...this.ownVariables()]
      : [...this.inner.weights, ...this.ownTrainable(), ...this.ownVariables()];
  }

  override set nonTrainableWeights(_: Variable[]) {
    // As above.
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      layer: { className: this.inner.getClassName(), config: this.inner.getConfig() },
    };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const { layer, ...rest } = config as unknown as WrappingArgs & {
      layer: { className: string; config: tf.serialization.ConfigDict };
    };
    const known = tf.serialization.SerializationMap.getMap().classNameMap;
    const [inner, make] = known[layer.className]!;
    return new cls({ ...rest, layer: make(inner, layer.config) } as never);
  }

  #kernelField(): string {
    return KERNEL_FIELDS[this.inner.getClassName()]!;
  }
}
