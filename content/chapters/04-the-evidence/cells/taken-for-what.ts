// Four bits for each weight and one scale for each layer: what section 3.3 warned against.
const coarse = quantization.fakeQuantizeWeights(quantization.foldBatchNorm(light), {
  numBits: 4,
  granularity: 'per-tensor',
});
const matrix = await evaluation.confusionMatrix(coarse, pixels, cards.labels);

display.table(
  matrix.map((row, digit) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return {
      written: digit,
      ...Object.fromEntries(row.map((count, reading) => [`as ${reading}`, count])),
      'read rightly': `${((100 * row[digit]!) / all).toFixed(0)}%`,
    };
  }),
  { title: 'What each figure was taken for' },
);
display.heatmap(
  matrix.map((row, digit) => row.map((count, reading) => (reading === digit ? 0 : count))),
  { title: 'The mistakes alone: written, downwards; read, across' },
);
const right = matrix.reduce((sum, row, digit) => sum + row[digit]!, 0);
console.log(`${right} of ${cards.count} are read, and that is the sum of the diagonal.`);
