const reads = { conv_1: 'conv_1_input', conv_2: 'pool_1', dense_1: 'flatten', logits: 'dense_1_relu' };
const bitsFor = (size: number) => Math.ceil(Math.log2(size + 1)) + 1; // with a sign

display.table(
  Object.entries(reads).map(([layer, input]) => {
    const kernel = part(`${layer}/kernel`);
    const biases = part(`${layer}/bias`).data as Int32Array;
    const terms = kernel.data.length / biases.length;
    const reach = Math.max(127 - zeroOf(input), 128 + zeroOf(input)); // the largest |q_x − Z_x|
    const worst = biases.map((bias, unit) => {
      const codes = kernel.data.subarray(terms * unit, terms * (unit + 1)) as Int8Array;
      return codes.reduce((sum, q) => sum + Math.abs(q) * reach, Math.abs(bias));
    });
    const most = worst.reduce((a, c) => Math.max(a, c));
    return { layer, 'terms of a sum': terms, 'no sum exceeds': most, 'bits it needs': bitsFor(most) };
  }),
  { title: 'The widest sum that any picture could cause' },
);

/** The sums of dense_1 on the digit that was shown last. */
function sumsOfDense(): Int32Array {
  const codes = integers.getTensor(part('flatten').index) as Int8Array;
  return b.map((bias, unit) => {
    let sum = bias;
    for (let i = 0; i < 800; i++) sum += (codes[i] - zx) * w[800 * unit + i];
    return sum;
  });
}

const sums = Array.from({ length: digits.count }, (_, digit) => {
  show(digit);
  return Array.from(sumsOfDense());
}).flat();
const largest = sums.reduce((most, sum) => Math.max(most, Math.abs(sum)), 0);
const beyond = sums.filter((sum) => sum > 32767 || sum < -32768).length;
console.log(`The largest of ${sums.length} real sums is ${largest}: ${bitsFor(largest)} bits.`);
console.log(`${beyond} of them do not fit in 16 bits.`);
console.log(`At worst 32 bits hold ${Math.floor((2 ** 31 - 1) / (127 * 255))} products, and 16 bits ${Math.floor(32767 / (127 * 255))}.`);
