const { multiplier, shift } = numerics.quantizeMultiplier(real);
const stored = (multiplier / 2 ** 31) * 2 ** shift;
console.log(`M = ${real}`);
console.log(`  = ${multiplier} / 2^31 × 2^${shift}, but for one part in ${Math.round(1 / Math.abs(stored / real - 1)).toExponential(1)}`);

const inFloats = sums.map((sum) => numerics.roundHalfAway(sum * real));
const ways = {
  'multiplier of 31 bits, rounded twice': (sum: number) => numerics.multiplyByQuantizedMultiplier(sum, multiplier, shift),
  'multiplier of 15 bits': (sum: number) => numerics.roundHalfAway(sum * (Math.round(multiplier / 2 ** 16) / 2 ** 15) * 2 ** shift),
  'multiplier of 7 bits': (sum: number) => numerics.roundHalfAway(sum * (Math.round(multiplier / 2 ** 24) / 2 ** 7) * 2 ** shift),
  'a shift alone': (sum: number) => numerics.roundHalfAway(sum * 2 ** Math.round(Math.log2(real))),
};

display.table(
  Object.entries(ways).map(([way, apply]) => {
    const steps = sums.map((sum, i) => Math.abs(apply(sum) - inFloats[i]));
    return {
      'from a sum to a code by': way,
      'codes that differ': steps.filter((step) => step > 0).length,
      of: sums.length,
      'by at most': steps.reduce((most, step) => Math.max(most, step)),
    };
  }),
  { title: 'Sums of dense_1, against M in floats, rounded once' },
);

const odd = sums.find((sum, i) => numerics.multiplyByQuantizedMultiplier(sum, multiplier, shift) !== inFloats[i]);
const cranked = numerics.saturatingRoundingDoublingHighMul(odd, multiplier);
console.log(`The sum ${odd} should come to ${(odd * real).toFixed(4)}. Multiplied and rounded it is ${cranked};`);
console.log(`over 2^${-shift} that is ${cranked / 2 ** -shift}, and it is rounded again to ${numerics.roundingDivideByPOT(cranked, -shift)}.`);
