/** Where the bytes of the two models are: section 1.1. */
import { readMnist } from '../../../build/mnist.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { LAYER_NAMES, allLayers, largestSize, layer } from './layers.ts';

/** What the device has, as Miss Lyle states it. */
export const FLASH_BYTES = 256 * 1024;
export const RAM_BYTES = 64 * 1024;
const FLOAT32_BYTES = 4;

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
export const parametersOf = (name: (typeof LAYER_NAMES)[number]) =>
  layer(name).kernel.length + layer(name).bias.length;
const parameters = () => sum(LAYER_NAMES.map(parametersOf));
const biases = () => sum(allLayers().map(({ bias }) => bias.length));

/** Caffe’s LeNet-5 from its architecture: a convolution has k·k·in weights and one bias a filter. */
function lenet5Parameters(): number {
  const convolution = (size: number, channels: number, filters: number) =>
    (size * size * channels + 1) * filters;
  const dense = (inputs: number, units: number) => (inputs + 1) * units;
  // 28 → 24 (5×5) → 12 (pool) → 8 (5×5) → 4 (pool)
  return convolution(5, 1, 20) + convolution(5, 20, 50) + dense(4 * 4 * 50, 500) + dense(500, 10);
}

/** One value passed on for each input and unit. */
const activations = () => layer('dense_1').inputs + sum(allLayers().map(({ units }) => units));

export const lenetValues: Record<string, ComputedEntry> = {
  ...entries('integer', {
    'lenet.parameters': parameters,
    'lenet.biases': biases,
    'lenet.bytes.float32': () => parameters() * FLOAT32_BYTES,
    'lenet.activation-bytes': () => activations() * FLOAT32_BYTES,
    'lenet.test-images': () => readMnist('test').labels.length,
    'lenet5.parameters': lenet5Parameters,
    'device.flash': () => FLASH_BYTES,
    'device.ram': () => RAM_BYTES,
    ...Object.fromEntries(
      LAYER_NAMES.flatMap((name) => [
        [`lenet.layer.${name}.parameters`, () => parametersOf(name)],
        [`lenet.layer.${name}.weights`, () => layer(name).kernel.length],
      ]),
    ),
  }),
  ...entries('fixed2', {
    'lenet.float32-over-flash': () => (parameters() * FLOAT32_BYTES) / FLASH_BYTES,
    'lenet5.float32-over-flash': () => (lenet5Parameters() * FLOAT32_BYTES) / FLASH_BYTES,
  }),
  ...entries('percent1', {
    'lenet.share.dense_1': () => parametersOf('dense_1') / parameters(),
  }),
  ...entries('percent2', {
    'lenet.share.biases': () => biases() / parameters(),
  }),
  ...entries('fixed3', {
    'lenet.largest-weight': () => Math.max(...allLayers().map(({ kernel }) => largestSize(kernel))),
  }),
};
