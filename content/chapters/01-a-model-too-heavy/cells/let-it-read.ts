import { tf } from 'heavy-weights';
import { openDataset } from 'heavy-weights/book';

const { images, labels, count } = await openDataset('mnist-test', { count: 1000 });

const scores = model.predict(tf.tensor2d(images, [count, 784])) as tf.Tensor2D;
const readings = scores.argMax(1).dataSync();

const misread = [...labels.keys()].filter((i) => readings[i] !== labels[i]);
console.log(`${count - misread.length} of ${count} read correctly.`);

for (const i of misread.slice(0, 3)) {
  display.image(
    { data: images.subarray(i * 784, (i + 1) * 784), width: 28, height: 28 },
    { title: `Image ${i}: written as ${labels[i]}, read as ${readings[i]}` },
  );
}
