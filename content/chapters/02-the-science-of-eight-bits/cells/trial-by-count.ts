import { evaluation, Interpreter } from 'heavy-weights';
import { openTrial, progress } from 'heavy-weights/book';

const light = await openModel('depthwise-net');
const { file } = await openTrial();
const cards = await openDataset('mnist-test', { count: 200 });

const inFloat = (light.predict(tf.tensor4d(cards.images, cards.shape)) as tf.Tensor).argMax(1).dataSync();

const trial = new Interpreter(file);
trial.allocateTensors();
const [{ index: source }] = trial.getInputDetails();
const [{ index: target }] = trial.getOutputDetails();
const inEight = Array.from(cards.labels, (_, i) => {
  trial.setTensor(source, cards.images.subarray(i * 784, (i + 1) * 784));
  trial.invoke();
  progress(i + 1, cards.count, 'the trial file reads');
  const scores = trial.getTensor(target);
  return scores.indexOf(Math.max(...scores));
});

const count = (readings: ArrayLike<number>) => cards.labels.filter((label, i) => readings[i] === label).length;
display.table(
  Object.entries({ 'the light reader, float': inFloat, 'the trial file': inEight }).map(([reader, readings]) => {
    const { low, high } = evaluation.wilsonInterval(count(readings), cards.count);
    return { reader, 'read correctly': count(readings), of: cards.count, '95% from': low, '95% to': high };
  }),
  { title: 'Two hundred cards' },
);

const times = (readings: ArrayLike<number>, digit: number) => Array.from(readings).filter((r) => r === digit).length;
display.table(
  Array.from({ length: 10 }, (_, digit) => ({
    digit,
    written: times(cards.labels, digit),
    'read by the light reader': times(inFloat, digit),
    'read by the trial file': times(inEight, digit),
  })),
  { title: 'How often each figure is read' },
);
console.log(`They read ${inEight.filter((r, i) => r !== inFloat[i]).length} of ${cards.count} differently.`);
