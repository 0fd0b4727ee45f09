const largest = weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0);

/** SQNR of all weights but the first, with one scale for all of them. */
function ofTheRest(values: Float32Array, restored: ArrayLike<number>): string {
  return numerics.sqnr(values.subarray(1), Array.from(restored).slice(1)).toFixed(1);
}
/** To 8 bits of floating point and back, the largest put at the end of the format. */
function floating(values: Float32Array, format: 'e4m3' | 'e5m2') {
  const end = format === 'e4m3' ? 448 : 57344;
  const { max } = numerics.minMax(values.map(Math.abs));
  const scaled = values.map((w) => (w * end) / max);
  return numerics.toFloat8(scaled, format).map((x) => (x * max) / end);
}

const rule = { numBits: 8, symmetric: true, narrowRange: true };
display.table(
  [1, 4, 16, 64].map((times) => {
    const values = weights.slice();
    values[0] = times * largest;
    const params = numerics.chooseQuantizationParams(numerics.minMax(values), rule);
    const whole = numerics.dequantize(numerics.quantize(values, params), params);
    return {
      'one weight, times the largest': times,
      int8: ofTheRest(values, whole),
      e4m3: ofTheRest(values, floating(values, 'e4m3')),
      e5m2: ofTheRest(values, floating(values, 'e5m2')),
    };
  }),
  { title: 'dB of all the others, one scale for the layer' },
);
for (const format of ['e4m3', 'e5m2'] as const) {
  const [code] = numerics.encodeFloat8([0.3], format);
  const bits = code!.toString(2).padStart(8, '0');
  console.log(format, '0.3 is', bits, 'and reads', numerics.toFloat8([0.3], format)[0]);
}
