function* few() {
  yield pixels.slice([0, 0, 0, 0], [128, 28, 28, 1]);
}

// Four bits everywhere take 8,048 bytes with scales and biases.
const budgetBytes = 8048;
const choices = [2, 3, 4, 5, 6, 8];
const shared = await quantization.mixedPrecision(light, few, { budgetBytes, choices });

const errorAt = (layer: string, bits: number) =>
  shared.sensitivity.find((each) => each.layer === layer && each.numBits === bits)!;
display.table(
  Object.entries(shared.bits).map(([layer, bits]) => ({
    layer,
    'bytes at 4 bits': errorAt(layer, 4).bytes,
    'error at 4 bits': errorAt(layer, 4).error.toExponential(1),
    'bits given': bits,
  })),
  { title: `Bits under ${budgetBytes} bytes; ${shared.bytes} are used` },
);
const alike = quantization.fakeQuantizeWeights(light, { numBits: 4 });
display.table(
  [
    { bits: 'float', read: reads(light) },
    { bits: 'four for every layer', read: reads(alike) },
    { bits: 'shared out', read: reads(shared.model) },
  ],
  { title: `The light reader, of ${tray.count} images` },
);
