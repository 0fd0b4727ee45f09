import { evaluation, quantization, tf, TFLiteConverter } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const model = await openModel('lenet-5');
const drawer = await openDataset('mnist-train', { count: 100 });
const specimens = function* () {
  yield tf.tensor4d(drawer.images, drawer.shape);
};

const device = { flash: 256 * 1024, ram: 64 * 1024 };
const networks: Record<string, quantization.QuantizedModel> = {};
const rows = [];
for (const mode of ['float32', 'float16', 'dynamic', 'int8', 'int16x8', 'int4'] as const) {
  const network = await quantization.quantizePostTraining(model, { mode, representativeDataset: specimens });
  const file = await TFLiteConverter.fromQuantizedModel(network).convert();
  const { ramBytes } = evaluation.fitsDevice(network, device);
  networks[mode] = network;
  rows.push({
    bargain: mode,
    'file, bytes': file.length,
    'over the flash': Number((file.length / device.flash).toFixed(2)),
    'RAM, bytes': ramBytes,
    'over the RAM': Number((ramBytes / device.ram).toFixed(2)),
  });
}
display.table(rows, { title: 'The heavy model, under each bargain' });
