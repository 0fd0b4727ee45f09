import { tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const model = await openModel('lenet-300-100'); // or 'lenet-5', 'bn-cnn', 'depthwise-net'
display.table(
  model.layers.map((layer) => ({
    layer: layer.name,
    kind: layer.getClassName(),
    output: String(layer.outputShape),
    parameters: layer.countParams(),
  })),
  { title: 'The layers' },
);

const which = 0; // 0 to 9,999
const digit = await openDataset('mnist-test', { from: which, count: 1 });
display.image({ data: digit.images, width: 28, height: 28 }, { title: `Test image ${which}` });

const input = tf.tensor(digit.images, [1, ...(model.inputs[0]!.shape.slice(1) as number[])]);
const scores = (model.predict(input) as tf.Tensor).dataSync();
console.log(`It is a ${digit.labels[0]}; the model reads ${scores.indexOf(Math.max(...scores))}.`);
display.bar(Object.fromEntries(Array.from(scores, (score, figure) => [String(figure), score])), {
  title: 'The score of each figure',
});
