import { numerics, tf } from 'heavy-weights';
import { display } from 'heavy-weights/book';

const [min, max] = [-0.5, 1]; // the range we ask for
const options = { numBits: 3 }; // eight codes, so that you can count them

const xs = Float32Array.from({ length: 241 }, (_, i) => -1.2 + i / 100);
const rounded = numerics.fakeQuant(tf.tensor1d(xs), min, max, options).dataSync();

display.line(
  { 'as it came': { x: xs, y: xs }, 'fake-quantized': { x: xs, y: rounded } },
  { title: 'Rounded, and still in float', xLabel: 'goes in', yLabel: 'comes out' },
);

const values = [...new Set(rounded)].sort((a, b) => a - b);
console.log(`${values.length} values: ${values.map((v) => v.toFixed(3)).join(', ')}`);
console.log(`asked for  ${min.toFixed(3)} to ${max.toFixed(3)}`);
console.log(`nudged to ${values[0]!.toFixed(3)} to ${values.at(-1)!.toFixed(3)}`);
