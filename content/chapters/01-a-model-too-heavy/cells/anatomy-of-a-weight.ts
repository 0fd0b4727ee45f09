import { numerics } from 'heavy-weights';
import { display, openModel } from 'heavy-weights/book';

const model = await openModel('lenet-300-100');
const weightsOf = (layer: string) => model.getLayer(layer).getWeights()[0].dataSync() as Float32Array;

const weight = weightsOf('logits').slice(0, 1);

/** The bits of a code, parted into sign, exponent and mantissa. */
function parted(code: number, exponentBits: number, mantissaBits: number): string {
  const bits = code.toString(2).padStart(1 + exponentBits + mantissaBits, '0');
  return [bits.slice(0, 1), bits.slice(1, 1 + exponentBits), bits.slice(1 + exponentBits)].join(' ');
}

const float16 = numerics.toFloat16(weight);
const bfloat16 = numerics.toBfloat16(weight);

display.table(
  [
    { format: 'float32', bits: parted(new Uint32Array(weight.buffer)[0], 8, 23), value: weight[0], error: 0 },
    {
      format: 'float16',
      bits: parted(numerics.encodeFloat16(weight)[0], 5, 10),
      value: float16[0],
      error: float16[0] - weight[0],
    },
    {
      format: 'bfloat16',
      bits: parted(numerics.encodeBfloat16(weight)[0], 8, 7),
      value: bfloat16[0],
      error: bfloat16[0] - weight[0],
    },
  ],
  { title: 'The first weight of the last layer' },
);
