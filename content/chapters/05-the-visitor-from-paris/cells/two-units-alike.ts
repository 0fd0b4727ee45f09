import { tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const old = await openModel('lenet-300-100');
const logits = old.getLayer('logits');
const before = tf.model({
  inputs: old.inputs,
  outputs: logits.input as tf.SymbolicTensor,
});

/** What the last layer reads of some images. */
async function readings(name: string, from: number, count: number) {
  const { images, labels } = await openDataset(name, { from, count });
  const pixels = tf.tensor2d(images, [count, 784]);
  return { x: before.predict(pixels) as tf.Tensor2D, labels, count };
}

const seen = await readings('mnist-train', 0, 2000);
// E[x·xᵀ]
const products = tf.matMul(seen.x.transpose(), seen.x).div(seen.count);
const gram = products.arraySync() as number[][];

// The two inputs that are most alike.
const alike = (i: number, j: number) =>
  gram[i]![j]! / Math.sqrt(gram[i]![i]! * gram[j]![j]!);
let [a, b] = [0, 1];
for (let i = 0; i < 100; i++) {
  for (let j = 0; j < i; j++) if (alike(i, j) > alike(a, b)) [a, b] = [i, j];
}

const kernel = logits.getWeights()[0]!.arraySync() as number[][];
const sevens = kernel.map((row) => row[7]!); // the unit that scores sevens
const share = gram[a]![b]! / gram[b]![b]!;

/** How wrong the score is, in the root mean square, for changed weights. */
function wrongBy(changes: [input: number, weight: number][]): number {
  const moved = [...sevens];
  for (const [input, weight] of changes) moved[input] = weight;
  const wrong = tf.tensor2d(moved.map((w, i) => [w - sevens[i]!]));
  return tf.tidy(
    () => seen.x.matMul(wrong).square().mean().sqrt().dataSync()[0]!,
  );
}

display.table(
  [
    { what: 'as trained', w_a: sevens[a]!, w_b: sevens[b]! },
    { what: 'a deleted', w_a: 0, w_b: sevens[b]! },
    {
      what: 'a deleted, b moved',
      w_a: 0,
      w_b: sevens[b]! + share * sevens[a]!,
    },
  ].map(({ what, w_a, w_b }) => ({
    what,
    w_a,
    w_b,
    'score wrong by': wrongBy([
      [a, w_a],
      [b, w_b],
    ]),
  })),
  { title: `Inputs a = ${a} and b = ${b}, alike to ${alike(a, b).toFixed(3)}` },
);
