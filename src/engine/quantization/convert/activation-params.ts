import { ReaderError } from '../../../shared/reader-error.ts';
import type { Graph, GraphOperator } from '../../graph/graph.ts';
import { chooseQuantizationParams } from '../../numerics/choose-quantization-params.ts';
import type { ValueRange } from '../../numerics/min-max.ts';

/** Scale and zero point of an activation tensor. */
export interface ActivationParams {
  scale: number;
  zeroPoint: number;
}

export type ActivationType = 'int8' | 'int16';

/** Gives the range of the tensor of a name. */
export type RangeOf = (tensor: string) => ValueRange | undefined;

/** What comes out of these lies in a range known beforehand. */
const FIXED: Partial<Record<GraphOperator['code'], Record<ActivationType, ActivationParams>>> = {
  SOFTMAX: {
    int8: { scale: 1 / 256, zeroPoint: -128 },
    int16: { scale: 1 / 32768, zeroPoint: 0 },
  },
  LOGISTIC: {
    int8: { scale: 1 / 256, zeroPoint: -128 },
    int16: { scale: 1 / 32768, zeroPoint: 0 },
  },
  TANH: { int8: { scale: 1 / 128, zeroPoint: 0 }, int16: { scale: 1 / 32768, zeroPoint: 0 } },
};

/** These only move values: what goes in and what comes out have one scale. @internal */
export const SAME_SCALE = new Set<GraphOperator['code']>([
  'AVERAGE_POOL_2D',
  'CONCATENATION',
  'MAX_POOL_2D',
  'PAD',
  'RESHAPE',
]);

/**
 * Scale and zero point of every tensor that the network computes or is given. Tensors between which values only
 * move share one, over the widest of their ranges; constants have none here.
 *
 * @param keepRanges - what is moved into a tensor whose range is known does not share it: it is requantized
 * @throws ReaderError `range-missing`, naming the tensor
 * @internal
 */
export function activationParams(
  graph: Graph,
  type: ActivationType,
  rangeOf: RangeOf,
  keepRanges: boolean,
): Map<number, ActivationParams> {
  const groups = sameScaleGroups(graph, (name) => keepRanges && rangeOf(name) !== undefined);
  const fixed = new Map<number, ActivationParams>();
  for (const { code, output } of graph.operators) {
    const params = FIXED[code]?.[type];
    if (params) fixed.set(groups[output]!, params);
  }
  const ranges = new Map<number, ValueRange>();
  graph.tensors.forEach(({ name, data }, index) => {
    const group = groups[index]!;
    const range = data || fixed.has(group) ? undefined : rangeOf(name);
    if (!range) return;
    const before = ranges.get(group) ?? range;
    const { min, max } = range;
    ranges.set(group, { min: Math.min(before.min, min), max: Math.max(before.max, max) });
  });
  const found = new Map<number, ActivationParams>();
  graph.tensors.forEach(({ name, data }, index) => {
    if (data) return;
    const known = fixed.get(groups[index]!);
    const range = ranges.get(groups[index]!);
    if (!known && !range) throw missing(name);
    found.set(index, known ?? paramsFor(range!, type));
  });
  return found;
}

/** int8 is asymmetric, int16 symmetric; scales are float32, as a file holds them. */
function paramsFor(range: ValueRange, type: ActivationType): ActivationParams {
  const options = type === 'int16' ? { numBits: 16, symmetric: true } : {};
  const { scale, zeroPoint } = chooseQuantizationParams(range, options);
  return { scale: Math.fround(scale), zeroPoint };
}

/**
 * For each tensor the first one that it shares its scale with. What a function of known range gives to a
 * concatenation keeps its own: it is requantized on the way in.
 */
function sameScaleGroups(
  { tensors, operators }: Graph,
  standsAlone: (name: string) => boolean,
): number[] {
  const known = new Set(operators.filter(({ code }) => FIXED[code]).map(({ output }) => output));
  const parent = tensors.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  };
  for (const { code, inputs, output } of operators) {
    if (!SAME_SCALE.has(code) || standsAlone(tensors[output]!.name)) continue;
    for (const input of inputs) {
      if (code === 'CONCATENATION' && known.has(input)) continue;
      if (input >= 0 && !tensors[input]!.data) parent[rootOf(input)] = rootOf(output);
    }
  }
  return tensors.map((_, index) => rootOf(index));
}

function missing(name: string): ReaderError {
  return new ReaderError({
    code: 'range-missing',
    explain: `No range is known for the output of ${name}.`,
    hint: 'Calibrate with a representative dataset that reaches every layer.',
  });
}
