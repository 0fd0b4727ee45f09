import { ReaderError } from '../../../shared/reader-error.ts';
import { asList, configInvalid, isObject, own } from './parse-json.ts';

/** An output of a layer: its name, which of its calls, and which of the call's outputs. */
export interface TensorRef {
  layer: string;
  node: number;
  tensor: number;
  /** Keras 3 counts the calls of Sequential models from 0, and otherwise those of models from 1. */
  isKeras3: boolean;
}

const MOST_INPUTS = 4096;

/**
 * What a layer is called on, once for each call: in Keras 2 a list of [name, call, output, arguments], in Keras 3 the
 * arguments themselves, with tensors that tell where they come from.
 *
 * @throws ReaderError `keras-config-invalid`, `keras-call-unsupported`
 * @internal
 */
export function readCalls(value: unknown, layer: string): TensorRef[][] {
  const nodes = asList(value ?? [], `what the layer ${layer} is called on`);
  return nodes.map((node) => {
    const refs = isObject(node) ? readCall3(own(node, 'args'), layer) : readCall2(node, layer);
    requirePlain(isObject(node) ? own(node, 'kwargs') : undefined, layer);
    if (refs.length === 0 || refs.length > MOST_INPUTS) {
      throw configInvalid(`the layer ${layer} is called on ${refs.length} tensors`);
    }
    return refs;
  });
}

function readCall2(node: unknown, layer: string): TensorRef[] {
  // Some versions write a call on one tensor without the list around it.
  const list = asList(node, `a call of the layer ${layer}`);
  const reads = isHistory(list) ? [list] : list;
  return reads.map((read) => {
    const entry = asList(read, `a call of the layer ${layer}`);
    requirePlain(entry[3], layer);
    return readHistory(entry, layer, false);
  });
}

function readCall3(args: unknown, layer: string): TensorRef[] {
  const list = asList(args, `the arguments of the layer ${layer}`);
  // A layer that merges takes a list as its one argument.
  const tensors = list.length === 1 && Array.isArray(list[0]) ? (list[0] as unknown[]) : list;
  return tensors.map((tensor) => {
    const isTensor = isObject(tensor) && own(tensor, 'class_name') === '__keras_tensor__';
    const config = isTensor ? own(tensor, 'config') : undefined;
    const history = isObject(config) ? own(config, 'keras_history') : undefined;
    if (!Array.isArray(history)) throw callUnsupported(layer, 'something other than tensors');
    return readHistory(history, layer, true);
  });
}

function isHistory(list: readonly unknown[]): boolean {
  return typeof list[0] === 'string' && Number.isInteger(list[1]);
}

function readHistory(history: readonly unknown[], layer: string, isKeras3: boolean): TensorRef {
  const [name, node, tensor] = history;
  const isCount = (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < 65_536;
  if (typeof name !== 'string' || !isCount(tensor)) {
    throw callUnsupported(layer, 'something other than tensors');
  }
  // -1 stands for a constant in the place of a tensor.
  if (!isCount(node)) throw callUnsupported(layer, 'a constant');
  return { layer: name, node, tensor, isKeras3 };
}

/** Arguments beside the tensors: only those that say what is so anyway. */
function requirePlain(kwargs: unknown, layer: string): void {
  if (kwargs === undefined || kwargs === null) return;
  if (!isObject(kwargs)) throw callUnsupported(layer, 'something other than tensors');
  for (const [key, value] of Object.entries(kwargs)) {
    if (value === null || (key === 'training' && value === false)) continue;
    throw callUnsupported(layer, `the argument ${key.slice(0, 60)}`);
  }
}

function callUnsupported(layer: string, what: string): ReaderError {
  return new ReaderError({
    code: 'keras-call-unsupported',
    explain: `The layer ${layer} is called with ${what.slice(0, 100)}; here layers are called on tensors alone.`,
    hint: 'Build the model so that layers take the outputs of other layers and nothing else.',
  });
}

/** The inputs or outputs of a model: one, or a list of them. @internal */
export function readTensorList(value: unknown, what: string): TensorRef[] {
  if (isObject(value)) {
    throw configInvalid(`its ${what} have names of their own, where a list belongs`);
  }
  const list = asList(value, `the list of its ${what}`);
  const tensors = isHistory(list) ? [list] : list;
  if (tensors.length === 0 || tensors.length > MOST_INPUTS) {
    throw configInvalid(`it has ${tensors.length} ${what}`);
  }
  return tensors.map((tensor) => readHistory(asList(tensor, `one of its ${what}`), what, false));
}
