/** Activations, initializers, regularizers and constraints: Keras's names and TensorFlow.js's, both ways. */
import { ReaderError } from '../../../shared/reader-error.ts';
import { isObject, own, type JsonObject } from './parse-json.ts';

/** How a file was, or is to be, written. */
export type KerasFormat = 'keras2' | 'keras3';

/** Where something stands, for messages. */
export interface Place {
  layer: string;
  key: string;
  format: KerasFormat;
}

/** Keras's names of activations, and those of TensorFlow.js. */
const ACTIVATIONS = new Map([
  ['elu', 'elu'],
  ['gelu', 'gelu'],
  ['gelu_new', 'gelu_new'],
  ['hard_sigmoid', 'hardSigmoid'],
  ['linear', 'linear'],
  ['log_softmax', 'logSoftmax'],
  ['mish', 'mish'],
  ['relu', 'relu'],
  ['relu6', 'relu6'],
  ['selu', 'selu'],
  ['sigmoid', 'sigmoid'],
  ['silu', 'swish'],
  ['softmax', 'softmax'],
  ['softplus', 'softplus'],
  ['softsign', 'softsign'],
  ['swish', 'swish'],
  ['tanh', 'tanh'],
]);
const BACK = new Map([...ACTIVATIONS].map(([keras, ours]) => [ours, keras]));
BACK.set('swish', 'swish');

/** The name that TensorFlow.js has for an activation. @internal */
export function readActivation(value: unknown, place: Place): string | undefined {
  if (value === null) return undefined;
  const isFunction = isObject(value) && own(value, 'class_name') === 'function';
  const name = isFunction ? own(value, 'config') : value;
  const known = typeof name === 'string' ? ACTIVATIONS.get(name) : undefined;
  if (known === undefined || isOtherSigmoid(known, place.format)) {
    const title = isObject(name) ? own(name, 'class_name') : name;
    throw partUnsupported(place, 'activation', String(title));
  }
  return known;
}

/** Whether TensorFlow.js knows an activation by that name. @internal */
export function isActivation(name: unknown): boolean {
  return typeof name === 'string' && BACK.has(name);
}

/** Keras's name for an activation. @internal */
export function writeActivation(value: unknown, place: Place): string {
  const keras = typeof value === 'string' ? BACK.get(value) : undefined;
  if (keras === undefined || isOtherSigmoid(value as string, place.format)) {
    throw partUnsupported(place, 'activation', String(value));
  }
  return keras;
}

/** Keras 2 and TensorFlow.js take 0.2x + 0.5, Keras 3 x/6 + 0.5. */
function isOtherSigmoid(name: string, format: KerasFormat): boolean {
  return name === 'hardSigmoid' && format === 'keras3';
}

function partUnsupported({ layer, key }: Place, what: string, name: string): ReaderError {
  return new ReaderError({
    code: 'keras-part-unsupported',
    explain: `The layer ${layer} has for its ${key} the ${what} ${name.slice(0, 60)}, which is not known here.`,
    elaborate: `Those that are: ${[...ACTIVATIONS.keys()].join(', ')}; hard_sigmoid is another function in Keras 3.`,
    hint: `Use one of them, or another layer after this one.`,
  });
}

/** What an object of a class keeps, by Keras's name and TensorFlow.js's. */
type Fields = Record<string, string>;
interface PartClass {
  keras: string;
  ours: string;
  fields: Fields;
  /** What TensorFlow.js would otherwise take by itself. */
  fixed?: JsonObject;
}

const SEED: Fields = { seed: 'seed' };
const part = (keras: string, fields: Fields = {}, ours = keras): [string, PartClass] => [
  keras,
  { keras, ours, fields },
];
const INITIALIZERS = new Map([
  part('Constant', { value: 'value' }),
  part('GlorotNormal', SEED),
  part('GlorotUniform', SEED),
  part('HeNormal', SEED),
  part('HeUniform', SEED),
  part('Identity', { gain: 'gain' }),
  part('LecunNormal', SEED, 'LeCunNormal'),
  part('LecunUniform', SEED, 'LeCunUniform'),
  part('Ones'),
  part('Orthogonal', { gain: 'gain', ...SEED }),
  part('RandomNormal', { mean: 'mean', stddev: 'stddev', ...SEED }),
  part('RandomUniform', { minval: 'minval', maxval: 'maxval', ...SEED }),
  part('TruncatedNormal', { mean: 'mean', stddev: 'stddev', ...SEED }),
  part('VarianceScaling', { scale: 'scale', mode: 'mode', distribution: 'distribution', ...SEED }),
  part('Zeros'),
]);
const REGULARIZERS = new Map<string, PartClass>([
  ['L1', { keras: 'L1', ours: 'L1L2', fields: { l1: 'l1' }, fixed: { l2: 0 } }],
  ['L2', { keras: 'L2', ours: 'L1L2', fields: { l2: 'l2' }, fixed: { l1: 0 } }],
  part('L1L2', { l1: 'l1', l2: 'l2' }),
]);
const CONSTRAINTS = new Map([
  part('MaxNorm', { max_value: 'maxValue', axis: 'axis' }),
  part('MinMaxNorm', { min_value: 'minValue', max_value: 'maxValue', rate: 'rate', axis: 'axis' }),
  part('NonNeg'),
  part('UnitNorm', { axis: 'axis' }),
]);
/** The modules they are in, and what is known of each. */
const PARTS = {
  initializers: INITIALIZERS,
  regularizers: REGULARIZERS,
  constraints: CONSTRAINTS,
} as const;

/** Of VarianceScaling: modes and distributions. */
const WORDS = new Map([
  ['fan_in', 'fanIn'],
  ['fan_out', 'fanOut'],
  ['fan_avg', 'fanAvg'],
  ['uniform', 'uniform'],
  // TensorFlow.js cuts the tails off whenever it draws from a normal distribution here.
  ['normal', 'normal'],
  ['untruncated_normal', 'normal'],
  ['truncated_normal', 'normal'],
]);
const WORDS_BACK = new Map([...WORDS].map(([keras, ours]) => [ours, keras]));
WORDS_BACK.set('truncatedNormal', 'truncated_normal');

export type PartKind = keyof typeof PARTS;

/** A part as TensorFlow.js makes it from a configuration. */
export interface PartConfig {
  className: string;
  config: JsonObject;
}

/**
 * A part for TensorFlow.js. One that is not known is left out: initial values do not matter once the weights are
 * there, and penalties only in training.
 *
 * @internal
 */
export function readPart(kind: PartKind, value: unknown): PartConfig | undefined {
  const isShort = typeof value === 'string';
  const name = isShort
    ? toClassName(value)
    : isObject(value)
      ? own(value, 'class_name')
      : undefined;
  const known = typeof name === 'string' ? PARTS[kind].get(name) : undefined;
  if (!known) return undefined;
  const given = isShort ? {} : own(value as JsonObject, 'config');
  const config: JsonObject = { ...known.fixed };
  for (const [keras, ours] of Object.entries(known.fields)) {
    const found = isObject(given) ? own(given, keras) : undefined;
    const plain = typeof found === 'string' ? WORDS.get(found) : readNumbers(found);
    if (plain !== undefined) config[ours] = plain;
  }
  return { className: known.ours, config };
}

/** glorot_uniform → GlorotUniform. */
function toClassName(snake: string): string {
  if (snake === 'l1_l2') return 'L1L2';
  return snake.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A number, or a list of axes; anything else is left out. */
function readNumbers(value: unknown): number | number[] | undefined {
  if (typeof value === 'number') return value;
  const isAxes = Array.isArray(value) && value.length <= 8 && value.every(Number.isInteger);
  return isAxes ? (value as number[]) : undefined;
}

/** A part for Keras: undefined where TensorFlow.js has none. @internal */
export function writePart(kind: PartKind, value: unknown, format: KerasFormat): unknown {
  if (!isObject(value)) return null;
  const { className, config } = value as unknown as PartConfig;
  const known = [...PARTS[kind].values()].findLast(({ ours }) => ours === className);
  if (!known) return null;
  const entries = Object.entries(known.fields).map(([keras, ours]) => {
    const found = config[ours];
    return [keras, typeof found === 'string' ? (WORDS_BACK.get(found) ?? found) : (found ?? null)];
  });
  const written = { class_name: known.keras, config: Object.fromEntries(entries) as JsonObject };
  return format === 'keras2'
    ? written
    : { module: `keras.${kind}`, ...written, registered_name: null };
}
