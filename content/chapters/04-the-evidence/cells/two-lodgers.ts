import { evaluation, quantization } from 'heavy-weights';

const light = await openModel('depthwise-net');
const network = await quantization.quantizePostTraining(light, {
  mode: 'int8',
  representativeDataset: specimens,
});
const { tensors, operators, inputs, outputs } = network.graph;

const stays = tensors.flatMap(({ name, shape, type, data }, index) => {
  if (data) return []; // it lies in the flash
  const width = type === 'float32' ? 4 : 1;
  const bytes = shape.reduce((product, size) => product * size, width);
  const written = operators.findIndex(({ output }) => output === index);
  const read = operators.findLastIndex((step) => step.inputs.includes(index));
  return [
    {
      tensor: name,
      bytes,
      comes: inputs.includes(index) ? 0 : written,
      goes: outputs.includes(index) ? operators.length - 1 : read,
    },
  ];
});
display.table(stays, { title: 'The light reader in int8: who stays when' });

const total = (some: typeof stays, unit: number) =>
  some.reduce((sum, { bytes }) => sum + unit * Math.ceil(bytes / unit), 0);
const crowd = operators.map((_, step) =>
  total(
    stays.filter(({ comes, goes }) => comes <= step && step <= goes),
    16,
  ),
);
display.bar(
  Object.fromEntries(
    operators.map(({ code }, step) => [`${step} ${code}`, crowd[step]!]),
  ),
  { title: 'Bytes that are there in each step' },
);
const device = { flash: 256 * 1024, ram: 64 * 1024 };
const { ramBytes } = evaluation.fitsDevice(network, device);
const spelt = (bytes: number) => bytes.toLocaleString('en-GB');
console.log(`Room for each: ${spelt(total(stays, 1))} bytes.`);
console.log(`The fullest step: ${spelt(Math.max(...crowd))}.`);
console.log(`The arena as it is planned: ${spelt(ramBytes)}.`);
