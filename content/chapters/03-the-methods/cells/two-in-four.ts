const inFours = sparsity.mByNMask(kernel, [2, 4]); // kernel: dense_1 of the heavy model, [800 inputs, 500 units]
const anywhere = sparsity.magnitudeMask(kernel, 0.5).mask;

// The first unit's first twelve inputs: in each four the two largest stay.
const column = (tensor: tf.Tensor) => tensor.slice([0, 0], [12, 1]).dataSync();
const [values, fours, free] = [kernel, inFours, anywhere].map(column);
display.table(
  Array.from(values, (weight, input) => ({
    four: Math.floor(input / 4) + 1,
    input,
    weight,
    'two in four': fours[input] === 1 ? 'kept' : '',
    'a half, anywhere': free[input] === 1 ? 'kept' : '',
  })),
  { title: 'Three fours of dense_1' },
);

const power = (mask: tf.Tensor) => kernel.mul(mask).square().sum().div(kernel.square().sum()).dataSync()[0];
const { model: regular, skipped } = sparsity.mByNPrune(heavy, [2, 4]);
const loose = sparsity.magnitudePrune(heavy, { conv_2: 0.5, dense_1: 0.5, logits: 0.5 });
display.table(
  [
    { half: 'two in four', 'power kept in dense_1': power(inFours), 'read correctly': reads(regular), of: cards.count },
    { half: 'anywhere', 'power kept in dense_1': power(anywhere), 'read correctly': reads(loose), of: cards.count },
  ],
  { title: 'Half of the weights, with a rule and without' },
);
console.log(`Is it two in four? ${sparsity.isPrunedMByN(kernelOf(regular, 'dense_1'), [2, 4])}.`);
console.log(`Left alone: ${skipped.map(({ layer, reason }) => `${layer} (${reason})`).join('; ')}.`);
console.log(`A four in eight bits: ${4 * 8} bits whole, ${2 * 8 + 2 * 2} as two codes and their two places.`);
