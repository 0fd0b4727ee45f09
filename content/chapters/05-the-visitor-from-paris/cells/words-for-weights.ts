const kernel = packed.model.getLayer('logits').getWeights()[0]!.dataSync() as Float32Array;
const written = kernel.filter((weight) => weight !== 0);
const values = [...new Set(written)].sort((a, b) => a - b);
const symbols = Array.from(written, (weight) => values.indexOf(weight));
const counts = values.map((_, symbol) => symbols.filter((one) => one === symbol).length);

const lengths = compression.huffmanCodeLengths(counts);
const codes = compression.canonicalCodes(lengths);
const words = Array.from(codes, (code, i) => code.toString(2).padStart(lengths[i]!, '0'));

display.table(
  values.map((value, i) => ({ value: value.toFixed(3), times: counts[i]!, word: words[i]! })),
  { title: 'The values of the last layer, and their words' },
);

const bits = counts.reduce((sum, count, i) => sum + count * lengths[i]!, 0);
const kraft = lengths.reduce((sum, length) => sum + 2 ** -length, 0);
console.log(`On average ${(bits / symbols.length).toFixed(3)} bits a weight.`);
console.log(`None can do with fewer than ${compression.entropyBits(counts).toFixed(3)}.`);
console.log(`Numbers of fixed width: ${Math.ceil(Math.log2(values.length))} bits.`);
console.log(`Σ 2^−l = ${kraft}: no pattern is left over.`);
