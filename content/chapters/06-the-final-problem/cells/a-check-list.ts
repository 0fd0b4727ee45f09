import { evaluation, quantization, tf } from 'heavy-weights';
import { display, openDataset, openModel, progress } from 'heavy-weights/book';

const name = 'bn-cnn'; // or 'lenet-300-100', 'lenet-5', 'depthwise-net'
const device = { flash: 256 * 1024, ram: 64 * 1024 };

const model = await openModel(name);
const shaped = (images: Float32Array) => tf.tensor(images, [images.length / 784, ...model.inputs[0].shape.slice(1)]);
const sheets = await openDataset('mnist-train', { count: 100 });
const cards = await openDataset('mnist-test', { count: 400 });
const pictures = shaped(cards.images);
const answersOf = (network) => (network.predict(pictures) as tf.Tensor).argMax(1).dataSync();
const inFloat = answersOf(model);

const rows = [];
let worst; // the layer that int8 hurts most by itself
for (const mode of ['float32', 'float16', 'dynamic', 'int8'] as const) {
  const network = await quantization.quantizePostTraining(model, {
    mode,
    representativeDataset: function* () {
      yield shaped(sheets.images);
    },
  });
  const { fits, flashBytes, ramBytes } = evaluation.fitsDevice(network, device);
  const { onlyFirst, onlySecond, pValue } = evaluation.mcNemar(inFloat, answersOf(network), cards.labels);
  rows.push({
    bargain: mode,
    'flash, bytes': flashBytes,
    'RAM, bytes': ramBytes,
    fits: fits ? 'yes' : 'no',
    lost: onlyFirst,
    won: onlySecond,
    p: pValue.toPrecision(2),
  });
  if (mode === 'int8') {
    const errors = await evaluation.perLayerError(model, network, function* () {
      yield shaped(cards.images.slice(0, 784 * 50));
    });
    // What the first layer reads is exact: it would always be the worst.
    worst = errors.filter(({ sqnrLoss }) => Number.isFinite(sqnrLoss)).reduce((a, b) => (b.sqnrLoss > a.sqnrLoss ? b : a));
  }
  progress(rows.length, 4, mode);
}
display.table(rows, { title: `${name}: what it takes, and what it loses of ${cards.count} cards` });
console.log(`In int8 look first at ${worst.layer}, which adds ${worst.sqnrLoss.toFixed(1)} dB of noise by itself.`);
const fit = rows.find((row) => row.fits === 'yes');
console.log(fit ? `The first that fits: ${fit.bargain}.` : 'Nothing fits as it is: cut channels, and come back.');
