const { min, max } = numerics.minMax(weightsOf('logits'));
const largest = Math.max(-min, max);
const scale = largest / 127;

// Sizes from a thousandth of the largest weight up to it, evenly spread on a logarithmic scale.
const size = Array.from({ length: 241 }, (_, i) => largest * 10 ** ((i - 240) / 80));
const log2 = (values: number[]) => values.map((value) => Math.log2(value));
const gap = (mantissaBits: number) => size.map((x) => 2 ** (Math.floor(Math.log2(x)) - mantissaBits));

display.line(
  {
    float16: { x: log2(size), y: log2(gap(10)) },
    bfloat16: { x: log2(size), y: log2(gap(7)) },
    'int8, one scale': { x: log2(size), y: log2(size.map(() => scale)) },
  },
  { title: 'The gap between neighbours', xLabel: 'log₂ of the weight', yLabel: 'log₂ of the gap' },
);

const last = size.length - 1; // the largest weight of the layer
console.log(`At the largest weight, ${largest.toFixed(3)}:`);
console.log(`  one step of float16  is ${gap(10)[last].toExponential(2)}`);
console.log(`  one step of bfloat16 is ${gap(7)[last].toExponential(2)}`);
console.log(`  one step of int8     is ${scale.toExponential(2)}`);
