/** What a file weighs, and what it takes to run it: section 4.3. */
import type { Section43Results, LedgerState } from '../../../../scripts/results/sections/4.3.ts';
import { modelFacts } from '../../../build/model-facts.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';
import { RAM_BYTES } from './lenet.ts';

const SCALE_BYTES = 12;
/** Units of the layer that the prose looks at. */
const SMALL = 4;

const results = () => sectionResults<Section43Results>('4.3');
const file = () => results().file;
const arena = (of: keyof Section43Results['arenas']) => results().arenas[of];

function row(zeros: number, values: LedgerState['values'], name: string) {
  const state = results().states.find((each) => each.zeros === zeros && each.values === values)!;
  return state.rows.find((each) => each.name === name)!;
}

const grown = (units: number) => results().grow.rows.find((each) => each.units === units)!;
/** The fewest units of which eight bits make the smaller file, and all beyond them do. */
const evenUnits = () => results().grow.rows.findLast(({ float, int8 }) => int8 >= float)!.units + 1;
const evenWeights = () => evenUnits() * results().grow.inputs;
/** Bytes that the int8 file of the small layer has and its float file has not, numbers and scales apart. */
const descriptions = () => grown(SMALL).rest - grown(SMALL).floatRest;

const parameters = (model: string) =>
  modelFacts(model).reduce((sum, { values }) => sum + values.length, 0);
const denseWeights = () =>
  modelFacts('lenet-5').find(({ name }) => name === 'dense_1/kernel')!.values.length;

/** What gzip saves on the int8 file. */
function saved(form: 'whole' | 'pruned'): number {
  const { raw, gzip } = results().zipped[form];
  return 1 - gzip / raw;
}

const WAYS = ['float32', 'int8', 'int4', 'sparse', 'compressed', 'gzip'];
const STATES = { whole: [0, 'own'], pruned: [0.9, 'own'], deep: [0.9, 'sixteen'] } as const;

export const section43Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '4.3.file.bytes': () => file().bytes,
    '4.3.file.weights': () => file().weights,
    '4.3.file.biases': () => file().biases,
    '4.3.file.scales': () => file().scales,
    '4.3.file.scale-bytes': () => SCALE_BYTES * file().scales,
    '4.3.file.rest': () => file().rest,
    '4.3.light.scales': () => results().lightFile.scales,
    '4.3.light.scale-bytes': () => SCALE_BYTES * results().lightFile.scales,
    '4.3.light.numbers': () => results().lightFile.numbers,
    '4.3.file.beyond-parameters': () => file().bytes - file().weights - file().biases / 4,
    '4.3.grow.weights': () => SMALL * results().grow.inputs,
    '4.3.grow.shrunk': () => 3 * SMALL * results().grow.inputs,
    '4.3.parameters-ratio': () => Math.round(parameters('lenet-5') / parameters('depthwise-net')),
    '4.3.grow.float': () => grown(SMALL).float,
    '4.3.grow.int8': () => grown(SMALL).int8,
    '4.3.grow.descriptions': descriptions,
    '4.3.grow.even-weights': evenWeights,
    '4.3.arena.light.sum': () => arena('lightInt8').sum,
    '4.3.arena.light.ram': () => arena('lightInt8').ramBytes,
    '4.3.arena.light.largest': () =>
      Math.max(...arena('lightInt8').tenants.map(({ bytes }) => bytes)),
    '4.3.arena.light.float': () => arena('lightFloat').ramBytes,
    '4.3.arena.heavy.float': () => arena('heavyFloat').ramBytes,
    '4.3.arena.heavy.ram': () => arena('heavyInt8').ramBytes,
    ...Object.fromEntries(
      Object.entries(STATES).flatMap(([state, [zeros, values]]) =>
        WAYS.map((way) => [`4.3.ledger.${state}.${way}`, () => row(zeros, values, way).bytes]),
      ),
    ),
  }),
  ...entries('percent1', {
    '4.3.file.rest-share': () => 1 - (file().weights + file().biases) / file().bytes,
    '4.3.arena.light-over-heavy': () => arena('lightInt8').ramBytes / arena('heavyInt8').ramBytes,
    '4.3.zipped.saved': () => saved('whole'),
    '4.3.zipped.saved.pruned': () => saved('pruned'),
  }),
  ...entries('fixed1', {
    '4.3.dense-over-ram': () => denseWeights() / RAM_BYTES,
    '4.3.ledger.deep.compressed.ratio': () =>
      row(0.9, 'sixteen', 'float32').bytes / row(0.9, 'sixteen', 'compressed').bytes,
  }),
  ...entries('words', { '4.3.grow.scales': () => grown(SMALL).scales }),
};
