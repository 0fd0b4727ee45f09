import type * as tf from '@tensorflow/tfjs';
import type { MnistSet } from '../../../src/build/mnist.ts';
import * as quantization from '../../../src/engine/quantization/index.ts';
import { predictor, representativeData } from './images.ts';
import { trainQuantized } from './train-quantized.ts';

/** Gives the outputs for a batch of images. */
export type Predict = (images: tf.Tensor) => tf.Tensor;

/** What a method starts from. */
export interface Subject {
  name: string;
  model: tf.LayersModel;
  train: MnistSet;
}

/** One row of the table. */
export interface Method {
  id: string;
  label: string;
  /** Cheap enough to be computed again by a test, on all images. */
  cheap?: true;
  run: (subject: Subject) => Promise<Predict> | Predict;
}

type PostTraining = quantization.PostTrainingOptions;

const network =
  (options: Omit<PostTraining, 'representativeDataset'>) =>
  async ({ model, train }: Subject): Promise<Predict> => {
    const quantized = await quantization.quantizePostTraining(model, {
      ...options,
      representativeDataset: representativeData(train),
    });
    return predictor(quantized);
  };

/** Kernels of the model as the converter sees it, batch normalizations folded, in so many bits. */
const rounded =
  (options: quantization.FakeQuantizeWeightsOptions) =>
  ({ model }: Subject): Predict =>
    predictor(quantization.fakeQuantizeWeights(quantization.foldBatchNorm(model), options));

/** After equalization; ReLU6, which no factor passes, becomes ReLU. */
const equalized =
  (options: quantization.FakeQuantizeWeightsOptions) =>
  ({ model }: Subject): Predict => {
    const equal = quantization.crossLayerEqualization(model, { replaceReLU6: true });
    return predictor(quantization.fakeQuantizeWeights(equal, options));
  };

const corrected =
  (options: quantization.FakeQuantizeWeightsOptions) =>
  async ({ model, train }: Subject): Promise<Predict> => {
    const folded = quantization.foldBatchNorm(model);
    const nearest = quantization.fakeQuantizeWeights(folded, options);
    const data = representativeData(train);
    return predictor(await quantization.biasCorrection(folded, nearest, data));
  };

const gptq =
  (options: quantization.GptqOptions) =>
  async ({ model, train }: Subject): Promise<Predict> => {
    const folded = quantization.foldBatchNorm(model);
    return predictor(await quantization.gptq(folded, representativeData(train), options));
  };

const adaRound =
  (options: quantization.AdaRoundOptions) =>
  async ({ model, train }: Subject): Promise<Predict> => {
    const folded = quantization.foldBatchNorm(model);
    return predictor(await quantization.adaRound(folded, representativeData(train), options));
  };

const smoothed =
  () =>
  async ({ model, train }: Subject): Promise<Predict> => {
    const data = representativeData(train);
    const smooth = await quantization.smoothQuant(model, data);
    const options = {
      mode: 'int8',
      granularity: 'per-tensor',
      representativeDataset: data,
    } as const;
    return predictor(await quantization.quantizePostTraining(smooth, options));
  };

/** Half of what all kernels take at 8 bits: some layers then keep more than 4, others fewer. */
const mixed =
  () =>
  async ({ model, train }: Subject): Promise<Predict> => {
    const folded = quantization.foldBatchNorm(model);
    const kernels = folded.layers.flatMap((layer) =>
      layer.getWeights().filter(({ rank }) => rank > 1),
    );
    const biases = folded.countParams() - kernels.reduce((sum, { size }) => sum + size, 0);
    const budgetBytes = Math.round((folded.countParams() - biases) / 2) + 8 * biases;
    const data = representativeData(train, 128);
    const options = { budgetBytes, choices: [2, 3, 4, 5, 6, 8] };
    return predictor((await quantization.mixedPrecision(folded, data, options)).model);
  };

const trained =
  (weightBits: number) =>
  async ({ name, model, train }: Subject): Promise<Predict> =>
    predictor(
      quantization.convertQuantizedModel(await trainQuantized(name, model, train, weightBits)),
    );

/** The rows, in the order in which they are read. */
export const METHODS: readonly Method[] = [
  { id: 'float32', label: 'float32', cheap: true, run: ({ model }) => predictor(model) },
  { id: 'float16', label: 'float16 weights', run: network({ mode: 'float16' }) },
  { id: 'dynamic', label: 'dynamic range (int8 weights)', run: network({ mode: 'dynamic' }) },
  {
    id: 'int8-per-tensor',
    label: 'int8, per tensor',
    run: network({ mode: 'int8', granularity: 'per-tensor' }),
  },
  { id: 'int8', label: 'int8, per channel', run: network({ mode: 'int8' }) },
  { id: 'int8-smooth', label: 'int8, per tensor, SmoothQuant', run: smoothed() },
  { id: 'int16x8', label: 'int16 activations, int8 weights', run: network({ mode: 'int16x8' }) },
  { id: 'int4', label: 'int4 weights, per channel', cheap: true, run: rounded({ numBits: 4 }) },
  {
    id: 'int4-groups',
    label: 'int4 weights, groups of 32',
    cheap: true,
    run: rounded({ numBits: 4, granularity: { groupSize: 32 } }),
  },
  { id: 'int4-bias', label: 'int4, bias corrected', run: corrected({ numBits: 4 }) },
  { id: 'int4-gptq', label: 'int4, GPTQ', run: gptq({ numBits: 4 }) },
  { id: 'int4-adaround', label: 'int4, AdaRound', run: adaRound({ numBits: 4, iterations: 300 }) },
  {
    id: 'int4-per-tensor',
    label: 'int4 weights, per tensor',
    cheap: true,
    run: rounded({ numBits: 4, granularity: 'per-tensor' }),
  },
  {
    id: 'int4-equalized',
    label: 'int4, per tensor, equalized',
    cheap: true,
    run: equalized({ numBits: 4, granularity: 'per-tensor' }),
  },
  {
    id: 'int4-per-tensor-bias',
    label: 'int4, per tensor, bias corrected',
    run: corrected({ numBits: 4, granularity: 'per-tensor' }),
  },
  { id: 'int3', label: 'int3 weights, per channel', cheap: true, run: rounded({ numBits: 3 }) },
  { id: 'int3-bias', label: 'int3, bias corrected', run: corrected({ numBits: 3 }) },
  { id: 'int3-gptq', label: 'int3, GPTQ', run: gptq({ numBits: 3 }) },
  { id: 'int3-adaround', label: 'int3, AdaRound', run: adaRound({ numBits: 3, iterations: 300 }) },
  { id: 'mixed', label: '2 to 8 bits a layer, 4 on average', run: mixed() },
  { id: 'qat-int8', label: 'trained quantized, int8', run: trained(8) },
  { id: 'qat-w4a8', label: 'trained quantized, 4-bit weights, 8-bit activations', run: trained(4) },
];
