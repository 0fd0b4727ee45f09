const compared = [];
for (const sheets of [20, 50, 100, 500, 2000]) {
  const model = await passedOn(3, sheets);
  const own = seen.x.slice([0, 0], [sheets, 100]);
  const sqnr = (x: tf.Tensor) =>
    numerics.sqnr(valuesOf(sums, x), valuesOf(model, x));
  compared.push({
    'sheets shown': sheets,
    'scores on these, dB': sqnr(own),
    'scores on the cards, dB': sqnr(cards.x),
  });
}
display.table(compared, {
  title: 'GPTQ at 3 bits, on its own sheets and on others',
});
