/** Section 3.1: the heavy model converted, and how it depends on its specimens, from the committed results. */
import { sectionResults } from '../../../build/section-results.ts';
import { bars, type Errors } from '../../figures/LayerErrors/layer-errors.ts';
import { type ComputedEntry, entries } from './entry.ts';

const SETS = ['1', '10', '100', '1000', 'ones', 'unscaled'] as const;
type SetName = (typeof SETS)[number];

interface Results {
  read: number;
  layers: Errors;
  specimens: Record<SetName, { correct: number; logitsSqnr: number; logitsScale: number }>;
  heavyFileBytes: number;
  light: { images: number; float: number; honest: number };
}

const FLASH = 256 * 1024;
/** Specimens are to show what comes once in so many digits, so surely. */
const ONE_IN = 100;
const SURE = 0.95;

const results = () => sectionResults<Results>('3.1');
const heavy = (way: 'honest' | 'halved', layer: string) =>
  bars(results().layers['lenet-5']![way]).find((bar) => bar.layer === layer)!;

function each(
  head: string,
  value: (set: Results['specimens'][SetName]) => number,
): Record<string, () => number> {
  return Object.fromEntries(
    SETS.map((name) => [`3.1.${head}.${name}`, () => value(results().specimens[name])]),
  );
}

export const section31Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '3.1.file': () => results().heavyFileBytes,
    '3.1.read': () => results().read,
    '3.1.specimens-for-one-in-a-hundred': () =>
      Math.ceil(Math.log(1 - SURE) / Math.log(1 - 1 / ONE_IN)),
    ...each('correct', ({ correct }) => correct),
  }),
  ...entries('fixed1', {
    ...each('sqnr', ({ logitsSqnr }) => logitsSqnr),
    '3.1.honest.conv_2': () => heavy('honest', 'conv_2').sqnr,
    '3.1.halved.conv_2': () => heavy('halved', 'conv_2').sqnr,
    '3.1.halved.pool_2': () => heavy('halved', 'pool_2').sqnr,
    '3.1.excess.conv_2': () => heavy('halved', 'conv_2').excess,
    '3.1.excess.pool_2': () => heavy('halved', 'pool_2').excess,
    '3.1.largest-honest-excess': () =>
      Math.max(
        ...Object.values(results().layers).flatMap(({ honest }) =>
          bars(honest).map(({ excess }) => excess),
        ),
      ),
  }),
  ...entries('fixed2', {
    '3.1.file-over-flash': () => results().heavyFileBytes / FLASH,
  }),
  ...entries('fixed3', {
    '3.1.rounding-in-steps': () => 1 / Math.sqrt(12),
  }),
  ...entries(
    'sig3',
    each('step', ({ logitsScale }) => logitsScale),
  ),
  ...entries('percent1', {
    '3.1.missed-by-hundred': () => (1 - 1 / ONE_IN) ** 100,
  }),
  ...entries('percent2', {
    '3.1.light.float': () => results().light.float / results().light.images,
    '3.1.light.honest': () => results().light.honest / results().light.images,
  }),
};
