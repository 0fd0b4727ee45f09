import { training } from 'heavy-weights';

const plan = { conv_1: 0.2, conv_2: 0.4, dense_1: 0.6 }; // shares to send home
const batches = 60;
const size = 64;

const cuts = { sparsity: plan, criterion: worth };
const small = sparsity.pruneChannels(heavy, cuts).model;
const untaught = reads(small);
const lessons = await openDataset('mnist-train', { count: batches * size });
const pictures = tf.tensor4d(lessons.images, lessons.shape);
const labels = tf.tensor1d(lessons.labels, 'int32');
const answers = tf.oneHot(labels, 10) as tf.Tensor2D;

/** The scores before the softmax, of the pupil and of its master. */
function logits(model: tf.LayersModel, pictures: tf.Tensor): tf.Tensor2D {
  let values = pictures;
  for (const layer of model.layers) {
    if (layer.name === 'softmax') break;
    if (layer.getClassName() === 'InputLayer') continue;
    values = layer.apply(values) as tf.Tensor;
  }
  return values as tf.Tensor2D;
}

const optimizer = tf.train.adam(1e-3);
const losses: number[] = [];
for (let batch = 0; batch < batches; batch++) {
  const loss = tf.tidy(() => {
    const x = pictures.slice(batch * size, size);
    const y = answers.slice(batch * size, size);
    const how = { optimizer, logits, alpha: 0.7, temperature: 4 };
    return training.distillationStep(small, heavy, x, y, how);
  });
  losses.push(loss);
  progress(batch + 1, batches, `loss ${loss.toFixed(3)}`);
}
tf.dispose([pictures, answers]);

const { network: cut, file: cutFile } = await inTheFlash(small, 'int8');
display.line(
  { loss: losses },
  { title: 'A pupil of the whole', xLabel: 'batch' },
);
const { ramBytes: ram } = evaluation.fitsDevice(cut, device);
const [before, after] = [heavy, small].map(
  (model) => evaluation.modelCost(model).macs,
);
display.table(
  [
    { of: 'flash', 'at most': device.flash, 'there is': cutFile.length },
    { of: 'RAM', 'at most': device.ram, 'there is': ram },
    { of: 'multiplications', 'at most': before!, 'there is': after! },
  ],
  { title: 'The cut network against its budgets' },
);
console.log(`Of ${cards.count} cards it read ${untaught} untaught.`);
console.log(`Taught, it reads ${reads(small)}.`);
