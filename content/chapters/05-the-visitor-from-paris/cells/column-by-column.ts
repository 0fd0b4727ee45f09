import { numerics, quantization } from 'heavy-weights';

const sums = lastLayer('linear');
const cards = await readings('mnist-test', 0, 1000);
const valuesOf = (model: tf.LayersModel, x: tf.Tensor) =>
  (model.predict(x) as tf.Tensor).dataSync() as Float32Array;
const kernelOf = (model: tf.LayersModel) =>
  model.getWeights()[0]!.dataSync() as Float32Array;

/** The layer rounded by GPTQ, as so many sheets would have it. */
const passedOn = (numBits: number, count: number) =>
  quantization.gptq(
    sums,
    function* () {
      yield seen.x.slice([0, 0], [count, 100]);
    },
    { numBits },
  );

const judged = (way: string, bits: number, model: tf.LayersModel) => {
  const given = tf.tidy(() =>
    (model.predict(cards.x) as tf.Tensor).argMax(1).dataSync(),
  );
  return {
    bits,
    way,
    'weights, dB': numerics.sqnr(kernelOf(sums), kernelOf(model)),
    'scores, dB': numerics.sqnr(
      valuesOf(sums, cards.x),
      valuesOf(model, cards.x),
    ),
    read: cards.labels.filter((label, i) => given[i] === label).length,
    of: cards.count,
  };
};
const table = [];
for (const bits of [2, 3, 4]) {
  const nearest = quantization.fakeQuantizeWeights(sums, { numBits: bits });
  table.push(judged('each to its nearest', bits, nearest));
  table.push(judged('errors passed on', bits, await passedOn(bits, 500)));
}
display.table(table, {
  title: 'A thousand weights in few bits, a scale for each unit',
});
