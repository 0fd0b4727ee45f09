import { compression, evaluation, TFLiteConverter } from 'heavy-weights';

const emptied = sparsity.magnitudePrune(heavy, 0.9); // reads nothing, but has its zeros

async function inEightBits(model: tf.LayersModel): Promise<Uint8Array> {
  const converter = TFLiteConverter.fromLayersModel(model);
  converter.optimizations = ['DEFAULT'];
  return converter.convert();
}

const files = { 'the heavy model': heavy, 'nine tenths zeros': emptied };
const ledger = [];
for (const [name, model] of Object.entries(files)) {
  const rows = compression.sizeLedger(await inEightBits(model));
  const bytes = (way: string) => rows.find((row) => row.name === way)!.bytes;
  ledger.push({
    'in eight bits': name,
    'bytes of the .tflite': bytes('raw'),
    'through gzip': bytes('gzip'),
    'multiplications for one digit': evaluation.modelCost(model).macs,
  });
}
display.table(ledger, { title: 'What nine tenths of zeros save' });

// Writing down where the weights are: one bit a weight for the mask, and the codes that are left.
const weights = sparsity.sparsityOf(emptied);
const withMask = Math.ceil(weights.weights / 8) + (weights.weights - weights.zeros);
console.log(`A mask and the codes that are left: ${withMask.toLocaleString('en-GB')} bytes.`);
console.log(`The flash holds ${(256 * 1024).toLocaleString('en-GB')}, and is read as it is written.`);
