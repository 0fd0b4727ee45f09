import { numerics } from 'heavy-weights';

// What the last layer reads of one digit, and its weights, stored as codes with one scale.
const before = tf.model({ inputs: model.inputs, outputs: model.getLayer('dense_1').output as tf.SymbolicTensor });
const read = (before.predict(tf.slice(pictures, 0, 1)) as tf.Tensor).dataSync() as Float32Array;
const [kernel, bias] = model.getLayer('logits').getWeights().map((w) => w.dataSync() as Float32Array);
const weightParams = numerics.chooseQuantizationParams(numerics.minMax(kernel!), { symmetric: true, narrowRange: true });
const codes = numerics.quantize(kernel!, weightParams);

// The rule for the input is made now, from this one input.
const inputParams = numerics.chooseQuantizationParams(numerics.minMax(read));
const inputCodes = numerics.quantize(read, inputParams);
console.log(`This digit: scale ${inputParams.scale.toFixed(5)}, zero point ${inputParams.zeroPoint}.`);

display.table(
  Array.from(bias!, (b, unit) => {
    let sum = 0; // whole numbers only
    for (let i = 0; i < read.length; i++) sum += (inputCodes[i]! - inputParams.zeroPoint) * codes[i * 10 + unit]!;
    const exact = read.reduce((total, x, i) => total + x * kernel![i * 10 + unit]!, b);
    const score = inputParams.scale * weightParams.scale * sum + b; // back to floats, then the bias
    return { figure: unit, sum, 'score by integers': score.toFixed(4), 'in float': exact.toFixed(4) };
  }),
  { title: 'Ten scores: integers in the middle, floats at both ends' },
);
