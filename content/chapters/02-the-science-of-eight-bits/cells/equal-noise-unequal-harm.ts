import { createRng } from 'heavy-weights';

const retired = await openModel('lenet-300-100');
const patient = retired.getLayer('dense_1');
const [kernel, bias] = patient.getWeights();
const sound = kernel.dataSync() as Float32Array;
const sheets = await openDataset('mnist-test', { count: 1000 });

const ink = new Float32Array(784);
sheets.images.forEach((value, i) => (ink[i % 784] += value));

const rng = createRng(23);
const random = sound.map(() => rng.normal());
const kinds = {
  'at random, everywhere': random,
  'at random, where no ink comes': random.map((e, i) => (ink[Math.floor(i / 300)] === 0 ? e : 0)),
  'every weight halved': sound.map((w) => -w),
  'every weight raised alike': sound.map(() => 1),
};

display.table(
  Object.entries(kinds).map(([kind, error]) => {
    const size = Math.sqrt(power(sound) / power(error)) / 2; // an error of a quarter of the power
    const spoilt = sound.map((w, i) => w + size * error[i]);
    patient.setWeights([tf.tensor2d(spoilt, [784, 300]), bias]);
    const answers = (retired.predict(tf.tensor2d(sheets.images, [1000, 784])) as tf.Tensor).argMax(1).dataSync();
    return {
      error: kind,
      'SQNR (dB)': numerics.sqnr(sound, spoilt),
      cosine: numerics.cosineSimilarity(sound, spoilt),
      'read of 1,000': sheets.labels.filter((label, i) => answers[i] === label).length,
    };
  }),
  { title: 'Four errors of one size in dense_1 of the retired model' },
);
