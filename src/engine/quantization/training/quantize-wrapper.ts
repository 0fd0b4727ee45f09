import * as tf from '@tensorflow/tfjs';
import { MinMax } from '../../calibration/min-max-observer.ts';
import {
  WrappingLayer,
  type Variable,
  type WrappingArgs,
} from '../../model-graph/wrapping-layer.ts';
import type { Preservation } from './preservation.ts';
import { PreservedKernel } from './preserved-kernel.ts';
import { quantizerFrom, type Quantizer, type QuantizerConfig } from './quantizers.ts';

/** What is rounded in a layer while it trains. */
export interface WrapperConfig {
  /** The activation that the layer applies after its linear part. */
  activation: string;
  /** Of the kernel. */
  weights: QuantizerConfig | null;
  /** Of what goes into the activation. */
  beforeActivation: QuantizerConfig | null;
  /** Of what comes out. */
  output: QuantizerConfig | null;
  /** What of the kernel stays as it is; nothing unless told. */
  preserve?: Preservation;
}

type Place = 'weights' | 'beforeActivation' | 'output';
const PLACES: readonly Place[] = ['weights', 'beforeActivation', 'output'];

/** A quantizer with the variables that hold its range. */
interface Site {
  quantizer: Quantizer;
  min: Variable;
  max: Variable;
}

interface WrapperArgs extends WrappingArgs {
  quantize: WrapperConfig;
}

/**
 * A layer that trains as if it computed in integers: its kernel and what comes out of it are rounded on the way
 * forward, while gradients pass as if they were not.
 * @internal
 */
export class QuantizeWrapper extends WrappingLayer {
  static className = 'QuantizeWrapper';
  readonly quantize: WrapperConfig;
  readonly #activation: tf.layers.Layer | undefined;
  readonly #sites = new Map<Place, Site>();
  #preserved: PreservedKernel | undefined;
  /** When there, values are watched and not rounded. */
  observers: Map<Place, MinMax> | undefined;

  /** `layer` comes without its activation, which is applied after what goes into it has been rounded. */
  constructor({ quantize, ...args }: WrapperArgs) {
    super(args);
    this.quantize = quantize;
    const { activation } = quantize;
    if (activation !== 'linear') {
      this.#activation = tf.layers.activation({ activation: activation as 'relu' });
    }
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    super.build(inputShape);
    const { preserve } = this.quantize;
    if (preserve) {
      const zeros = tf.initializers.zeros();
      this.#preserved = new PreservedKernel(this.kernel(), preserve, (name, shape, trainable) =>
        this.addWeight(name, shape, 'float32', zeros, undefined, trainable),
      );
    }
    for (const place of PLACES) {
      const config = this.quantize[place];
      if (!config) continue;
      const quantizer = quantizerFrom(config);
      const shape = place === 'weights' ? this.kernel().shape : [];
      const { min, max } = quantizer.initialRange;
      const variable = (end: string, value: number): Variable =>
        this.addWeight(
          `${place}_${end}`,
          quantizer.rangeShape(shape as number[]),
          'float32',
          tf.initializers.constant({ value }),
          undefined,
          false,
        );
      this.#sites.set(place, {
        quantizer,
        min: variable('min', min),
        max: variable('max', max),
      });
    }
    if (this.#sites.has('weights')) this.#update('weights', this.kernel().read());
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    return tf.tidy(() => {
      const training = kwargs?.['training'] === true;
      let y = this.#withRoundedKernel(training, () => this.callInner(inputs, kwargs));
      y = this.#round('beforeActivation', y, training);
      if (this.#activation) y = this.#activation.call([y], {}) as tf.Tensor;
      return this.#round('output', y, training);
    });
  }

  /** The range at a place, by channel where there is one for each; undefined where nothing is rounded. */
  rangeAt(place: Place): { min: Float32Array; max: Float32Array } | undefined {
    const site = this.#sites.get(place);
    if (!site) return undefined;
    const read = (variable: Variable): Float32Array =>
      (variable.read().dataSync() as Float32Array).slice();
    return { min: read(site.min), max: read(site.max) };
  }

  /** Sets the range of what a layer gives. */
  setRangeAt(place: Place, { min, max }: { min: number; max: number }): void {
    const site = this.#sites.get(place)!;
    tf.tidy(() => {
      site.min.write(tf.scalar(Math.min(min, 0)));
      site.max.write(tf.scalar(Math.max(max, 0)));
    });
  }

  /** Takes what is to be preserved, and the weights' ranges, from the weights as they are. */
  rememberKernel(): void {
    this.#preserved?.remember();
    if (this.#sites.has('weights')) tf.tidy(() => this.#update('weights', this.#floatKernel()));
  }

  /** The kernel as it is used in inference. */
  roundedKernel(): tf.Tensor | undefined {
    const site = this.#sites.get('weights');
    return site && quantizeWith(site, this.#floatKernel());
  }

  /** Places whose values change from batch to batch. */
  activationPlaces(): Place[] {
    return PLACES.filter((place) => place !== 'weights' && this.#sites.has(place));
  }

  protected override ownTrainable(): Variable[] {
    return this.#preserved?.trainable ?? [];
  }

  protected override ownVariables(): Variable[] {
    const ranges = [...this.#sites.values()].flatMap(({ min, max }) => [min, max]);
    return [...(this.#preserved?.fixed ?? []), ...ranges];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      quantize: this.quantize as unknown as tf.serialization.ConfigDict,
    };
  }

  /** Runs something while the layer reads a rounded kernel in place of its own. */
  #withRoundedKernel<T>(training: boolean, run: () => T): T {
    const site = this.#sites.get('weights');
    if (!site || this.observers) return run();
    const kernel = this.#floatKernel();
    if (training) this.#update('weights', kernel);
    return this.withKernel(quantizeWith(site, kernel), run);
  }

  /** The kernel before it is rounded. */
  #floatKernel(): tf.Tensor {
    return this.#preserved?.read() ?? this.kernel().read();
  }

  #round(place: Place, x: tf.Tensor, training: boolean): tf.Tensor {
    const site = this.#sites.get(place);
    if (!site) return x;
    if (this.observers) {
      if (!this.observers.has(place)) this.observers.set(place, new MinMax());
      this.observers.get(place)!.observe(x.dataSync());
      return x;
    }
    if (training) this.#update(place, x);
    return quantizeWith(site, x);
  }

  #update(place: Place, x: tf.Tensor): void {
    const { quantizer, min, max } = this.#sites.get(place)!;
    tf.tidy(() => {
      const next = quantizer.next({ min: min.read(), max: max.read() }, x);
      min.write(next.min);
      max.write(next.max);
    });
  }
}

function quantizeWith({ quantizer, min, max }: Site, x: tf.Tensor): tf.Tensor {
  return quantizer.quantize(x, { min: min.read(), max: max.read() });
}

tf.serialization.registerClass(QuantizeWrapper as never);
