const flash = 256 * 1024;
const bitsFor: Record<string, number> = { dense_1: 8, dense_2: 8, logits: 8 };

let total = 0;
for (const layer of layers) {
  const [kernel, bias] = model.getLayer(layer).getWeights();
  const scaleBytes = 4; // one float32 a layer
  total += Math.ceil((kernel.size * bitsFor[layer]) / 8) + bias.size * 4 + scaleBytes;
}

console.log(`${total.toLocaleString('en-GB')} bytes; the flash holds ${flash.toLocaleString('en-GB')}.`);
console.log(total <= flash ? `It fits, with ${flash - total} to spare.` : `It is ${total - flash} bytes too many.`);
