// Every layer with weights, given the same codes; then its sums, rounded by each hand.
const weighted = [
  { layer: 'conv_1', reads: 'conv_1_input', gives: 'conv_1' },
  { layer: 'conv_2', reads: 'pool_1', gives: 'conv_2' },
  { layer: 'dense_1', reads: 'flatten', gives: 'dense_1_relu' },
  { layer: 'logits', reads: 'dense_1_relu', gives: 'logits' },
];

/** The sums of a layer in whole numbers. A dense layer is a convolution of one pixel by one. */
function sumsOf(codes: Int8Array, shape: number[], zero: number, kernel: Int8Array, window: number[], bias: Int32Array) {
  const [, size, , depth] = shape.length === 4 ? shape : [1, 1, 1, shape[1]];
  const [units, k] = window;
  const wide = window.length === 4 ? k : 1;
  const out = size - wide + 1;
  const sums = new Int32Array(out * out * units);
  for (let at = 0, row = 0; row < out; row++)
    for (let column = 0; column < out; column++)
      for (let unit = 0; unit < units; unit++, at++) {
        let sum = bias[unit];
        for (let i = 0; i < wide; i++) {
          const from = ((row + i) * size + column) * depth;
          const filter = (unit * wide + i) * wide * depth;
          for (let j = 0; j < wide * depth; j++) sum += (codes[from + j] - zero) * kernel[filter + j];
        }
        sums[at] = sum;
      }
  return sums;
}

/** The output stage of a layer, as each hand works it. */
function stageOf({ layer, reads, gives }) {
  const part = (name: string) => tensors.find((tensor) => tensor.name === name);
  const [input, kernel, bias, output] = [reads, `${layer}/kernel`, `${layer}/bias`, gives].map(part);
  const [sx, sy, zy] = [input.quantization.scales[0], output.quantization.scales[0], output.quantization.zeroPoints[0]];
  const { scales } = kernel.quantization;
  const real = scales.map((sw) => (layer.startsWith('conv') ? sx * sw : Math.fround(sx * sw)) / sy);
  const fixed = real.map((factor) => numerics.quantizeMultiplier(factor));
  const relu = gives.endsWith('relu') ? zy : -128;
  const channel = (unit: number) => (scales.length === 1 ? 0 : unit % scales.length);
  return {
    sums: (codes: Int8Array) =>
      sumsOf(codes, input.shape, input.quantization.zeroPoints[0], kernel.data, kernel.shape, bias.data),
    places: (unit: number) => -fixed[channel(unit)].shift,
    twice: (sum: number, unit: number) => {
      const { multiplier, shift } = fixed[channel(unit)];
      return numerics.multiplyByQuantizedMultiplier(sum, multiplier, shift);
    },
    product: (sum: number, unit: number) => sum * real[channel(unit)],
    once: (sum: number, unit: number) => halfEven(Math.fround(sum * Math.fround(real[channel(unit)]))),
    clamp: (value: number) => Math.max(relu, Math.min(127, value + zy)),
  };
}
/** As processors round: an exact half to the even neighbour. */
const halfEven = (x: number) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

const tensors = show(0);
const stages = weighted.map(stageOf);
const tally = weighted.map(({ layer }) => ({ layer, values: 0, differ: 0, promised: 0, 'ours further out': 0, worst: 0 }));
const parted = [] as object[];
for (let digit = 0; digit < 20; digit++) {
  const traced = show(digit);
  weighted.forEach(({ reads }, w) => {
    const stage = stages[w];
    const row = tally[w];
    stage.sums(traced.find(({ name }) => name === reads).data as Int8Array).forEach((sum, i) => {
      const [twice, once] = [stage.twice(sum, i), stage.once(sum, i)];
      const steps = Math.abs(stage.clamp(twice) - stage.clamp(once));
      row.values += 1;
      row.worst = Math.max(row.worst, steps);
      if (stage.clamp(twice) !== stage.clamp(twice - 1)) row.promised += 2 ** (-stage.places(i) - 1);
      if (steps === 0) return;
      row.differ += 1;
      if (Math.abs(twice) > Math.abs(once)) row['ours further out'] += 1;
      // Of each layer the first four places.
      if (row.differ <= 4)
        parted.push({ layer: row.layer, 'M × sum': stage.product(sum, i).toFixed(5), ours: twice, theirs: once });
    });
  });
}
display.table(
  tally.map((row) => ({ ...row, promised: row.promised.toFixed(1) })),
  { title: 'Each layer alone, given the same codes, in two hands' },
);
display.table(parted, { title: 'Some of the places where they part' });
