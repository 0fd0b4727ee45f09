const ways: Record<string, (x: number) => number> = {
  'half away from zero': numerics.roundHalfAway,
  'half to even': (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  'half up': Math.round,
  down: Math.floor,
  'towards zero': Math.trunc,
};

// The eight-bit codes of dense_1 lose their last bit: every odd one becomes an exact half.
const weights = heavy.getLayer('dense_1').getWeights()[0].dataSync() as Float32Array;
const rule = numerics.chooseQuantizationParams(numerics.minMax(weights), { symmetric: true, narrowRange: true });
const eightBits = numerics.quantize(weights, rule);

const inputs = sentBy('flatten') as tf.Tensor2D;
const sumsWith = (codesOf: (code: number) => number) =>
  inputs.matMul(tf.tensor2d(Float32Array.from(eightBits, (code) => codesOf(code) * rule.scale), [800, 500]));
const exact = sumsWith((code) => code);

display.table(
  Object.entries(ways).map(([way, round]) => {
    let toTheRight = 0;
    let outwards = 0;
    for (const code of eightBits) {
      const error = round(code / 2) - code / 2;
      toTheRight += error / eightBits.length;
      outwards += (error * Math.sign(code)) / eightBits.length;
    }
    const errors = sumsWith((code) => 2 * round(code / 2)).sub(exact);
    return {
      way,
      'drift to the right': Number(toTheRight.toFixed(4)),
      'drift outwards': Number(outwards.toFixed(4)),
      'typical error of a sum': Number(errors.square().mean().sqrt().dataSync()[0].toFixed(4)),
    };
  }),
  { title: '400,000 codes, halved' },
);
