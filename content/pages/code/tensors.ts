import { tf } from 'heavy-weights';

const w = tf.tensor2d([
  [1, -2],
  [3, 4],
]);
console.log(w.shape, w.dtype); // [ 2, 2 ] float32
const doubled = w.mul(2).add(1); // no operators
console.log(doubled.dataSync().join(' ')); // 3 -3 7 9
console.log(tf.max(w.abs()).dataSync()[0]); // 4
console.log(tf.sum(w, 0).arraySync()); // [ 4, 2 ]

w.dispose();
doubled.dispose();
const before = tf.memory().numTensors;
const mean = tf.tidy(() => tf.ones([8]).mul(3).mean());
console.log(tf.memory().numTensors - before); // 1
console.log(mean.dataSync()[0]); // 3
mean.dispose();
