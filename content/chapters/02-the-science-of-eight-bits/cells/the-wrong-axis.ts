const pointwise = kernelOf('conv_2_pointwise'); // [1, 1, 16, 32]: each of 32 outputs adds up 16 inputs
const alongOutputs = numerics.chooseQuantizationParamsPerAxis(pointwise.values, pointwise.shape, 3, eight);
const alongInputs = numerics.chooseQuantizationParamsPerAxis(pointwise.values, pointwise.shape, 2, eight);

// Made along one axis and read along the other: a table of scales laid over the codes the wrong way.
const crossed = numerics.dequantize(numerics.quantize(pointwise.values, alongInputs), alongOutputs);

const outputs = pointwise.shape[3];
const places = 14 * 14;
display.table(
  [
    { scales: 'one for each output', codes: roundTrip(pointwise.values, alongOutputs), taken: places * outputs },
    { scales: 'one for each input', codes: roundTrip(pointwise.values, alongInputs), taken: places * pointwise.values.length },
    { scales: 'made for inputs, read for outputs', codes: crossed, taken: places * outputs },
  ].map(({ scales, codes, taken }) => ({
    scales,
    'SQNR (dB)': Number(numerics.sqnr(pointwise.values, codes).toFixed(2)),
    'multiplications by a scale, for one image': taken,
  })),
  { title: 'Three tables of scales for conv_2_pointwise' },
);
