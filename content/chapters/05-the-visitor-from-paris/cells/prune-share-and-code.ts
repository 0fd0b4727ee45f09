import { compression, tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const old = await openModel('lenet-300-100');
const cards = await openDataset('mnist-test', { count: 500 });
const lines = tf.tensor2d(cards.images, [cards.count, 784]);
const reads = (model: tf.LayersModel) => {
  const said = tf.tidy(() => (model.predict(lines) as tf.Tensor).argMax(1).dataSync());
  return cards.labels.filter((label, i) => said[i] === label).length;
};

// Struck out by size, 32 values for the rest, and nothing trained in between: see what it costs.
const sparsity = { dense_1: 0.85, dense_2: 0.8, logits: 0.5 };
const packed = await compression.deepCompression(old, { sparsity, bits: 5 });

const whole = packed.report.reduce((sum, { weights }) => sum + 4 * weights, 0);
const bytes = {
  'float32': whole,
  'pruned, with their places': packed.report.reduce(
    (sum, { entries, indexBits }) => sum + (entries * (32 + indexBits)) / 8,
    0,
  ),
  'and 32 values': packed.report.reduce((sum, { bytesFixed }) => sum + bytesFixed, 0),
  'and Huffman words': packed.report.reduce((sum, { bytesHuffman }) => sum + bytesHuffman, 0),
};
let before = whole;
display.table(
  Object.entries(bytes).map(([step, size]) => {
    const row = {
      'after this step': step,
      bytes: Math.round(size),
      'times smaller': (whole / size).toFixed(2),
      'by this step': (before / size).toFixed(2),
    };
    before = size;
    return row;
  }),
  { title: 'The kernels of the retired model' },
);

display.table(
  packed.report.map((row) => ({
    layer: row.layer,
    'weights written': row.entries,
    'bits of a weight': `${row.weightBits}, coded ${row.weightBitsHuffman.toFixed(2)}`,
    'bits of a gap': `${row.indexBits}, coded ${row.indexBitsHuffman.toFixed(2)}`,
    'a zero to fill': row.fillers,
  })),
  { title: 'What is written of them' },
);
console.log(`The file: ${packed.bytes.length} bytes, ${packed.ratio.toFixed(1)} times smaller.`);
console.log(`Read: ${reads(old)} of ${cards.count} before, ${reads(packed.model)} after.`);
