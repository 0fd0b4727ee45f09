const points = [-0.6, -0.46, -0.4, 0.1, 0.55, 1.03, 1.2];
const x = tf.tensor1d(points);
const low = tf.scalar(min);
const high = tf.scalar(max);

// The slope that the staircase really has: walk a ten-thousandth to each side.
const at = (shift: number) => numerics.fakeQuant(x.add(shift), min, max, options);
const own = at(1e-4).sub(at(-1e-4)).div(2e-4).dataSync();

// The slope that is passed back.
const [dx, dMin, dMax] = tf.grads((t: tf.Tensor, l: tf.Tensor, h: tf.Tensor) =>
  numerics.fakeQuant(t, l, h, options).sum(),
)([x, low, high]);
const passed = dx!.dataSync();

display.table(
  points.map((point, i) => ({
    'x': point,
    'comes out': at(0).dataSync()[i]!,
    'its own slope': Math.round(own[i]!),
    'the slope passed back': passed[i]!,
  })),
  { title: 'Two slopes of one staircase' },
);
console.log(`What lies outside goes to the ends: min gets ${dMin!.dataSync()[0]}, max gets ${dMax!.dataSync()[0]}.`);
