import { TFLiteConverter } from 'heavy-weights';

// The copies that were made in May; or `specimens`, which is the drawer.
const sheets = await openDataset('mnist-train', { count: 100 });
const leftOut: number[] = []; // sheets that you would not trust, from 0

const mended = await TFLiteConverter.fromLayersModel(pruned, {
  optimizations: ['DEFAULT'],
  representativeDataset: function* () {
    for (let i = 0; i < sheets.count; i++) {
      if (leftOut.includes(i)) continue;
      yield tf.tensor4d(sheets.images.slice(784 * i, 784 * (i + 1)), [1, 28, 28, 1]);
    }
  },
}).convert();

const cards = await openDataset('mnist-test', { count: 500 });
function readsOf(bytes: Uint8Array): number {
  const interpreter = new Interpreter(bytes);
  interpreter.allocateTensors();
  const source = interpreter.getInputDetails()[0].index;
  const target = interpreter.getOutputDetails()[0].index;
  return cards.labels.filter((label, i) => {
    interpreter.setTensor(source, cards.images.slice(784 * i, 784 * (i + 1)));
    interpreter.invoke();
    const scores = interpreter.getTensor(target) as Float32Array;
    return scores.indexOf(Math.max(...scores)) === label;
  }).length;
}
console.log(`Of ${cards.count} cards the trial file reads ${readsOf(file)}, and the mended one ${readsOf(mended)}.`);
display.file('mended.tflite', mended);
