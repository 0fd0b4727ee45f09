const weights = weightsOf('dense_2');
const right = numerics.chooseQuantizationParams(numerics.minMax(weights), { symmetric: true, narrowRange: true });
const halved = { ...right, scale: right.scale / 2 }; // as on the card

const codes = numerics.quantize(weights, halved);
const restored = numerics.dequantize(codes, halved);

const pastTheEnd = weights.filter((w) => Math.abs(w) > 127.5 * halved.scale).length;
console.log(`${pastTheEnd} of ${weights.length} weights lie past the ends of the rule.`);
console.log(`SQNR ${numerics.sqnr(weights, roundedTo(8, weights)).toFixed(2)} dB with the right scale,`);
console.log(`     ${numerics.sqnr(weights, restored).toFixed(2)} dB with half of it.`);

display.histogram(codes, { bins: 51, title: 'The codes of dense_2, with half the scale', xLabel: 'code' });

const before = readsWith((layer) => roundedTo(8, weightsOf(layer)));
const after = readsWith((layer) => (layer === 'dense_2' ? restored : roundedTo(8, weightsOf(layer))));
console.log(`Read correctly: ${before} of ${count} with the right scale, ${after} with half.`);
