import { numerics } from 'heavy-weights';
import { goldenSuite } from './golden-suite.ts';

interface Quantize {
  data: number[];
  scale: number;
  zero_point: number;
}
interface Requantize {
  data: number[];
  input_scale: number;
  input_zero_point: number;
  output_scale: number;
  output_zero_point: number;
}

/** int8, int16, uint8 as the parameters write them. */
const typeOf = (name: string) => ({
  signed: !name.startsWith('u'),
  numBits: Number(/\d+/.exec(name)),
});

const quantize = ({ data, scale, zero_point: zeroPoint }: Quantize, type: string) =>
  numerics.quantize(data, { scale, zeroPoint, ...typeOf(type) });

/** The files print scales of float32 with nine digits. */
const requantize = (inputs: Requantize, type: string) =>
  numerics.requantize(
    inputs.data,
    { scale: Math.fround(inputs.input_scale), zeroPoint: inputs.input_zero_point },
    {
      scale: Math.fround(inputs.output_scale),
      zeroPoint: inputs.output_zero_point,
      ...typeOf(type),
    },
  );

goldenSuite(
  'quantize-ops.json',
  [
    { file: 'int_ops_reference.json', only: ['QUANTIZE '] },
    { file: 'tflm_op_tests.json', only: ['QUANTIZE'] },
  ],
  {
    answered: {
      'QUANTIZE float32->int8 (AffineQuantize)': {
        answer: (inputs: Quantize) => quantize(inputs, 'int8'),
      },
      'QUANTIZE int8->int8 (Requantize)': {
        answer: (inputs: Requantize) => requantize(inputs, 'int8'),
      },
      QUANTIZE: {
        integers: true,
        answer: (inputs: (Quantize | Requantize) & { op: string }) => {
          const target = inputs.op.split('->')[1]!;
          return 'scale' in inputs ? quantize(inputs, target) : requantize(inputs, target);
        },
        skip: ({ inputs }) =>
          (inputs['op'] as string).endsWith('->int32')
            ? 'the engine quantizes to 2 … 16 bits; int32 is for accumulators'
            : undefined,
      },
    },
    notCovered: {},
  },
);
