import { evaluation, quantization, tf } from 'heavy-weights';
import { display, openDataset, openModel, progress } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const cards = await openDataset('mnist-test', { count: 2000 });
const pixels = tf.tensor4d(cards.images, cards.shape);
const written = Array.from(cards.labels);

/** What a reader takes each card for. */
function readingsOf(reader: evaluation.Predictor, name: string): number[] {
  const readings: number[] = [];
  while (readings.length < cards.count) {
    const batch = tf.tidy(() =>
      (reader.predict(pixels.slice([readings.length], [250])) as tf.Tensor).argMax(1).dataSync(),
    );
    readings.push(...batch);
    progress(readings.length, cards.count, `${name} reads`);
  }
  return readings;
}
/** Of the cards from one to another, those that are read rightly. */
const countRight = (readings: number[], from = 0, to = readings.length) =>
  readings.slice(from, to).filter((reading, i) => reading === written[from + i]).length;

const inFloat = readingsOf(heavy, 'the heavy model');

const hundreds = Array.from({ length: 20 }, (_, h) => countRight(inFloat, 100 * h, 100 * (h + 1)));
display.table(
  [...new Set(hundreds)].sort((a, b) => b - a).map((read) => ({
    'read, of a hundred': read,
    'so many hundreds': hundreds.filter((count) => count === read).length,
  })),
  { title: 'One model, twenty hundreds of cards' },
);

display.table(
  [100, 1000, 2000].map((asked) => {
    const { low, high } = evaluation.wilsonInterval(countRight(inFloat, 0, asked), asked);
    return {
      cards: asked,
      read: countRight(inFloat, 0, asked),
      '95% from': `${(100 * low).toFixed(2)}%`,
      '95% to': `${(100 * high).toFixed(2)}%`,
      'width, points': Number((100 * (high - low)).toFixed(2)),
    };
  }),
  { title: 'How far the true rate may lie from the count' },
);
