// The whole network in the second hand: a step once made is handed on.
const pool = (codes: Int8Array, size: number, depth: number) =>
  Int8Array.from({ length: codes.length / 4 }, (_, i) => {
    const [row, column, channel] = [Math.floor(i / depth / (size / 2)), Math.floor(i / depth) % (size / 2), i % depth];
    const at = (dy: number, dx: number) => codes[((2 * row + dy) * size + 2 * column + dx) * depth + channel];
    return Math.max(at(0, 0), at(0, 1), at(1, 0), at(1, 1));
  });
const layer = (index: number, codes: Int8Array) => {
  const { sums, once, clamp } = stages[index];
  return Int8Array.from(sums(codes), (sum, unit) => clamp(once(sum, unit)));
};
const codesOf = (name: string, traced: typeof tensors) => traced.find((tensor) => tensor.name === name).data as Int8Array;

const rows = weighted.map(({ layer: name }) => ({ layer: name, values: 0, differ: 0, 'worst, steps': 0 }));
let changed = 0;
for (let digit = 0; digit < digits.count; digit++) {
  const traced = show(digit);
  const first = layer(0, codesOf('conv_1_input', traced));
  const second = layer(1, pool(first, 24, 20));
  const third = layer(2, pool(second, 8, 50));
  const scores = layer(3, third);
  [first, second, third, scores].forEach((theirs, i) => {
    const ours = codesOf(weighted[i].gives, traced);
    theirs.forEach((code, k) => {
      rows[i].values += 1;
      if (code !== ours[k]) rows[i].differ += 1;
      rows[i]['worst, steps'] = Math.max(rows[i]['worst, steps'], Math.abs(code - ours[k]));
    });
  });
  const ours = codesOf('logits', traced);
  if (ours.indexOf(Math.max(...ours)) !== scores.indexOf(Math.max(...scores))) changed += 1;
}
display.table(rows, { title: 'The whole network: codes that differ between the two hands' });
console.log(`${changed} of ${digits.count} digits are read as another figure.`);
