/** What each operation leaves of what was made before it, measured: data, drawing and words. */

/** A kernel after some operations: P prunes, C clusters, Q quantizes, T trains. */
export interface State {
  /** In the order in which they were done: `PCQ`. */
  order: string;
  /** Whether each kept what those before it had made. */
  careful: boolean;
  zeros: number;
  values: number;
  /** Share of weights that int8 codes restore. */
  onGrid: number;
  bytes: number;
  correct: number;
}

export interface OrderData {
  weights: number;
  sparsity: number;
  clusters: number;
  /** Of the layer in float32. */
  floatBytes: number;
  testImages: number;
  states: State[];
}

export const WIDTH = 640;
export const HEIGHT = 190;
const BAR = { left: 170, right: 520, top: 14, step: 44, height: 20 };

export const MADE = ['P', 'C', 'Q'] as const;
export const AFTER = ['P', 'C', 'Q', 'T'] as const;
export const ORDERS = ['PCQ', 'PQC', 'CPQ', 'CQP', 'QPC', 'QCP'] as const;
export const NAMES: Record<string, string> = {
  P: 'prune',
  C: 'cluster',
  Q: 'quantize',
  T: 'train',
};

export const orderName = (order: string): string =>
  [...order].map((letter) => NAMES[letter]).join(', then ');

/** The state after an order of operations. */
export function stateOf(data: OrderData, order: string, careful: boolean): State {
  const found = data.states.find((state) => state.order === order && state.careful === careful);
  if (!found) throw new Error(`There is no state ${order}, ${careful ? 'careful' : 'careless'}.`);
  return found;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const whole = (count: number): string => count.toLocaleString('en-GB');

/** What is left of what an operation made, after another one. */
export function leftOf(
  data: OrderData,
  made: string,
  after: string,
  careful: boolean,
): { text: string; kept: boolean } {
  if (made === after) return { text: '—', kept: true };
  const { zeros, values, onGrid } = stateOf(data, made + after, careful);
  const kept = keeps(data, { zeros, values, onGrid });
  switch (made) {
    case 'P':
      return { text: `${whole(zeros)} zeros`, kept: kept.P };
    case 'C':
      return { text: `${whole(values)} values`, kept: kept.C };
    default:
      return { text: `${percent(onGrid)} codes`, kept: kept.Q };
  }
}

/** Which of the three properties a kernel has: as many zeros as were asked for, no more values, int8 codes throughout. */
function keeps(
  { weights, sparsity, clusters }: OrderData,
  { zeros, values, onGrid }: Pick<State, 'zeros' | 'values' | 'onGrid'>,
): Record<'P' | 'C' | 'Q', boolean> {
  return {
    P: zeros >= 0.99 * sparsity * weights,
    C: values <= clusters,
    Q: onGrid > 0.9999,
  };
}

/** Which of the three is lost at the end of an order, in words. */
export function verdict(data: OrderData, state: State): string {
  const kept = keeps(data, state);
  const lost = [
    kept.P ? '' : 'the zeros',
    kept.C ? '' : 'the few values',
    kept.Q ? '' : 'the integers',
  ].filter((name) => name !== '');
  if (lost.length > 0) return `Lost: ${lost.join(' and ')}.`;
  if (state.values < data.clusters) {
    return `All three are there, but of ${data.clusters} values only ${state.values} are left.`;
  }
  return 'All three are kept.';
}

/** The bars and the readings of one order. */
export function orderDrawing(
  data: OrderData,
  order: string,
  careful: boolean,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const state = stateOf(data, order, careful);
  const shares = {
    zeros: state.zeros / data.weights,
    values: Math.log2(state.values) / Math.log2(data.weights),
    codes: state.onGrid,
    bytes: state.bytes / data.floatBytes,
  };
  const width = (share: number): string => (share * (BAR.right - BAR.left)).toFixed(1);
  return {
    attributes: Object.fromEntries(
      Object.entries(shares).map(([name, share]) => [`${name}-bar`, { width: width(share) }]),
    ),
    texts: {
      zeros: whole(state.zeros),
      values: whole(state.values),
      codes: percent(state.onGrid),
      bytes: whole(state.bytes),
      correct: `${whole(state.correct)} of ${whole(data.testImages)}`,
      verdict: verdict(data, state),
    },
  };
}

/** The bars that never move: their frames, and the marks of what was asked for. */
export function frames(data: OrderData): { y: number; mark: number | undefined; name: string }[] {
  const at = (share: number): number => BAR.left + share * (BAR.right - BAR.left);
  const asked: [string, number | undefined][] = [
    ['zeros', data.sparsity],
    ['values', Math.log2(data.clusters) / Math.log2(data.weights)],
    ['codes', 1],
    ['bytes', undefined],
  ];
  return asked.map(([name, share], i) => ({
    name,
    y: BAR.top + i * BAR.step,
    mark: share === undefined ? undefined : at(share),
  }));
}

export { BAR };
