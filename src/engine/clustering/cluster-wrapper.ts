import * as tf from '@tensorflow/tfjs';
import type { LayerClone } from '../model-graph/clone-model.ts';
import { copyLayer } from '../model-graph/rebuild-model.ts';
import { assignWeights } from '../model-graph/replace-weights.ts';
import { WrappingLayer, type Variable, type WrappingArgs } from '../model-graph/wrapping-layer.ts';
import { requireInteger } from '../numerics/arguments.ts';
import { initializationOf } from './centroid-initialization.ts';
import { clusterableWeights, variableOf, type ClusterableWeight } from './clusterable-weights.ts';
import { ClusteredVariable, type AddVariable, type ClusterConfig } from './clustered-variable.ts';
import { MOST_CLUSTERS } from './initial-centroids.ts';

/** A weight's values with their shape. */
interface WeightValues {
  values: Float32Array;
  shape: number[];
}

interface ClusterArgs extends WrappingArgs {
  cluster: ClusterConfig;
  /** What the inner layer starts with when it is built. */
  start?: WeightValues[] | undefined;
}

/**
 * A layer whose kernel is made of a few values. The centroids train, and so do the weights behind them: each pass
 * assigns every weight to its nearest centroid anew, in inference too.
 * @internal
 */
export class ClusterWeights extends WrappingLayer {
  static className = 'ClusterWeights';
  readonly cluster: ClusterConfig;
  #start: WeightValues[] | undefined;
  #weights: readonly ClusterableWeight[] = [];
  #clustered: readonly ClusteredVariable[] = [];

  constructor({ cluster, start, ...args }: ClusterArgs) {
    const { trainable, batchInputShape, dtype } = args.layer;
    super({ trainable, batchInputShape, dtype, ...args } as never);
    this.supportsMasking = this.inner.supportsMasking;
    // A configuration may come from a file.
    requireInteger('numberOfClusters', cluster.numberOfClusters, 2, MOST_CLUSTERS);
    const clusterCentroidsInit = initializationOf(cluster.clusterCentroidsInit);
    this.cluster = { ...cluster, clusterCentroidsInit };
    this.#start = start;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    // Loading sets this flag: all values come from the file.
    const isLoading =
      (this as unknown as Record<string, unknown>)['fastWeightInitDuringBuild'] === true;
    this.inner.setFastWeightInitDuringBuild(isLoading || this.#start !== undefined);
    super.build(inputShape);
    const start = this.#start;
    if (start) {
      tf.tidy(() => {
        const given = start.map(({ values, shape }) => tf.tensor(values, shape));
        assignWeights(this.inner, given);
      });
    }
    this.#start = undefined;
    const zeros = tf.initializers.zeros();
    const add: AddVariable = (name, shape, trainable = false, dtype = 'float32') =>
      this.addWeight(name, [...shape], dtype, zeros, undefined, trainable);
    const ownEach = this.cluster.clusterPerChannel && this.inner.getClassName() === 'Conv2D';
    this.#weights = clusterableWeights(this.inner);
    this.#clustered = this.#weights.map((weight) => {
      const variable = variableOf(weight);
      const channels = ownEach ? variable.shape.at(-1)! : 1;
      return new ClusteredVariable(weight.name, variable, channels, this.cluster, add);
    });
    if (!isLoading) for (const clustered of this.#clustered) clustered.start();
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    return tf.tidy(() => {
      const values = this.#clustered.map((clustered) => clustered.read());
      this.#weights.forEach(({ holder, field }, i) => {
        holder[field] = { read: () => values[i]! };
      });
      try {
        return this.callInner(inputs, kwargs);
      } finally {
        this.#weights.forEach(({ holder, field }, i) => {
          holder[field] = this.#clustered[i]!.variable;
        });
      }
    });
  }

  override computeMask(inputs: tf.Tensor | tf.Tensor[], mask?: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.inner.computeMask(inputs, mask) as tf.Tensor;
  }

  /** What is clustered, made of centroids as the layer uses it. */
  clusteredWeights(): tf.Tensor[] {
    return this.#clustered.map((clustered) => clustered.read());
  }

  /** The layer without the wrapper, its kernel made of centroids. */
  stripped(): LayerClone {
    const { inner } = this;
    const layer = copyLayer(inner, { trainable: inner.trainable && this.trainable });
    layer.setFastWeightInitDuringBuild(true);
    const valueOf = (variable: Variable): tf.Tensor =>
      this.#clustered.find((each) => each.variable === variable)?.read() ?? variable.read();
    return {
      layer,
      fill: () => tf.tidy(() => assignWeights(layer, inner.weights.map(valueOf))),
    };
  }

  protected override ownTrainable(): Variable[] {
    return this.#clustered.flatMap(({ trainable }) => trainable);
  }

  protected override ownVariables(): Variable[] {
    return this.#clustered.flatMap(({ fixed }) => fixed);
  }

  override get trainableWeights(): Variable[] {
    const untrained = this.#untrained();
    return super.trainableWeights.filter((variable) => !untrained.includes(variable));
  }

  override set trainableWeights(_: Variable[]) {
    // As in the base class.
  }

  override get nonTrainableWeights(): Variable[] {
    return this.trainable
      ? [...this.#untrained(), ...super.nonTrainableWeights]
      : super.nonTrainableWeights;
  }

  override set nonTrainableWeights(_: Variable[]) {
    // As in the base class.
  }

  /** Weights behind centroids that alone train. */
  #untrained(): Variable[] {
    if (!this.built || this.cluster.trainWeights) return [];
    return this.#clustered.map(({ variable }) => variable);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      cluster: this.cluster as unknown as tf.serialization.ConfigDict,
    };
  }
}

tf.serialization.registerClass(ClusterWeights as never);
