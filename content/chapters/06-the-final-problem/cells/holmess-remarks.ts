import { saveModel, sparsity, tf } from 'heavy-weights';
import { openDataset, openModel } from 'heavy-weights/book';

const small = await openModel('lenet-300-100'); // so that a trial is short
const few = await openDataset('mnist-train', { count: 320 });
const fewImages = tf.tensor2d(few.images, [few.count, 784]);
const fewAnswers = tf.oneHot(Array.from(few.labels), 10).toFloat();

const schedule = new sparsity.PolynomialDecay({
  initialSparsity: 0.5,
  finalSparsity: 0.9,
  beginStep: 5,
  endStep: 10,
  frequency: 1,
});
function wrapped(pruningSchedule = schedule): tf.LayersModel {
  return sparsity.pruneLowMagnitude(small, { pruningSchedule });
}
function compiled(): tf.LayersModel {
  const one = wrapped();
  one.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
  return one;
}
const callbacks = [new sparsity.UpdatePruningStep()];
const lesson = (pupil: tf.LayersModel, options: object) =>
  pupil.fit(fewImages, fewAnswers, { verbose: 0, ...options });

const trials: Record<string, () => unknown> = {
  'fit without UpdatePruningStep': () => lesson(compiled(), { epochs: 1 }),
  'wrapped, and not compiled again': () =>
    lesson(wrapped(), { epochs: 1, callbacks }),
  'final_sparsity for finalSparsity': () =>
    new sparsity.PolynomialDecay({ ...schedule, final_sparsity: 0.9 } as never),
  'epoch for epochs': async () => {
    const { epoch } = await lesson(compiled(), { epoch: 5, callbacks });
    return `no complaint; epochs trained: ${epoch.length}`;
  },
  'never stripped': async () => {
    const pupil = compiled();
    await lesson(pupil, { epochs: 1, callbacks });
    const bytes = async (of: tf.LayersModel) =>
      (await saveModel(of, 'a.h5')).length;
    const plain = await bytes(sparsity.stripPruning(pupil));
    return `no complaint; ${await bytes(pupil)} bytes, stripped ${plain}`;
  },
};
for (const [fault, run] of Object.entries(trials)) {
  try {
    console.log(`${fault}: ${await run()}`);
  } catch (complaint) {
    console.log(`${fault}: ${(complaint as Error).message}`);
  }
}
