import { openTrial } from 'heavy-weights/book';

const { file: trial } = await openTrial();
// An honest one: the smallest fifth of the full and pointwise kernels struck
// out, and eight bits.
const fifth = {
  conv_1: 0.2,
  conv_2_pointwise: 0.2,
  conv_3_pointwise: 0.2,
  conv_4_pointwise: 0.2,
};
const honest = await inIntegers(sparsity.magnitudePrune(light, fifth));

const both = { 'an honest file': honest, 'the trial file': trial };
display.table(
  Object.entries(both).map(([name, bytes]) => {
    const { tensors: held, numbers, scales, rest } = takeApart(bytes);
    const codes = held
      .filter(({ constant, dtype }) => constant && dtype === 'int8')
      .flatMap(({ data }) => Array.from(data, Number));
    const ledger = compression.sizeLedger(bytes);
    return {
      file: name,
      bytes: bytes.length,
      'of them numbers': numbers,
      scales,
      'bytes of the rest': rest,
      'codes that are zero': codes.filter((code) => code === 0).length,
      zipped: ledger.find((row) => row.name === 'gzip')!.bytes,
    };
  }),
  { title: 'The trial file upon the scales' },
);
