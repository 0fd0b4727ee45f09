const sixteen = { float16: numerics.toFloat16, bfloat16: numerics.toBfloat16 };

display.table(
  ['dense_1', 'dense_2', 'logits'].flatMap((layer) =>
    Object.entries(sixteen).map(([format, roundTrip]) => {
      const weights = weightsOf(layer);
      const restored = roundTrip(weights);
      return {
        layer,
        format,
        bytes: weights.length * 2,
        'largest error': numerics.maxAbsError(weights, restored),
        'typical error': Math.sqrt(numerics.mse(weights, restored)),
      };
    }),
  ),
  { title: 'The same weights in two trays of sixteen' },
);
