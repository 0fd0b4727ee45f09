/** Horowitz’s energies for one operation at 45 nm (ISSCC 2014), in picojoules, and what follows for this model. */
import { type ComputedEntry, entries } from './entry.ts';
import { allLayers } from './layers.ts';

export const PICOJOULES = {
  'int8-add': 0.03,
  'int8-multiply': 0.2,
  'float32-add': 0.9,
  'float32-multiply': 3.7,
  /** 32 bits from an SRAM of 8 KB: half of the 64-bit access in the table, as Han and others give it. */
  sram: 5,
  /** 32 bits from DRAM, as Han and others give it. */
  dram: 640,
} as const;

const FLOAT32_BYTES = 4;
const OPERATIONS_PER_WEIGHT = 2; // one multiplication, one addition
const weights = () => allLayers().reduce((sum, { kernel }) => sum + kernel.length, 0);
const microjoules = (picojoules: number) => picojoules / 1e6;
const float32Step = PICOJOULES['float32-add'] + PICOJOULES['float32-multiply'];
const int8Step = PICOJOULES['int8-add'] + PICOJOULES['int8-multiply'];

export const energyValues: Record<string, ComputedEntry> = {
  ...entries(
    'code',
    Object.fromEntries(
      Object.entries(PICOJOULES).map(([name, value]) => [`energy.${name}`, () => value]),
    ),
  ),
  ...entries('code', {
    'intensity.float32': () => OPERATIONS_PER_WEIGHT / FLOAT32_BYTES,
    'intensity.int8': () => OPERATIONS_PER_WEIGHT,
  }),
  ...entries('integer', {
    'energy.mac-ratio': () => Math.round(float32Step / int8Step),
    'energy.dram-over-float32-multiply': () =>
      Math.round(PICOJOULES.dram / PICOJOULES['float32-multiply']),
  }),
  ...entries('sig3', {
    'energy.arithmetic': () => microjoules(weights() * float32Step),
    'energy.fetch': () => microjoules(weights() * PICOJOULES.dram),
  }),
};
