import { evaluation } from 'heavy-weights';

const device = { flash: 256 * 1024, ram: 64 * 1024 };
const half = { sparsity: { dense_1: 0.5 } };
const halved = sparsity.pruneChannels(heavy, half).model;

const doors = [
  ['whole, int8', heavy, 'int8'],
  ['nine tenths zeros, int8', emptied, 'int8'],
  ['whole, float16', heavy, 'float16'],
  ['whole, int4', heavy, 'int4'],
  ['half of dense_1, int8', halved, 'int8'],
] as const;

const rows = [];
for (const [form, model, mode] of doors) {
  const { network, file } = await inTheFlash(model, mode);
  const { ramBytes, peakAt } = evaluation.fitsDevice(network, device);
  const fits = file.length <= device.flash && ramBytes <= device.ram;
  rows.push({
    form,
    flash: file.length,
    RAM: ramBytes,
    'fits both': fits ? 'yes' : 'no',
    'fullest at': peakAt,
  });
}
display.table(rows, { title: 'Bytes that each form takes of the device' });

const { network } = await inTheFlash(heavy, 'int4');
const steps = network.graph.operators.map(({ code }) => code);
console.log(`int4, step by step: ${steps.join(', ')}.`);
