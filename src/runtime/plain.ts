/**
 * Values as plain data, to cross from one realm to another: what a check calls a submission with, and
 * what comes back. Numbers keep every bit (NaN, ±Infinity, −0); tensors and models arrive as tensors
 * and models of the other realm; everything that could act on its own (functions, promises, getters'
 * objects, symbols) is read once or refused.
 */
import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../shared/reader-error.ts';
import { caps } from './caps.ts';
import type { Plain, TypedArray } from './wire.ts';

/**
 * @param what How messages name the value: `the returned value`, `argument 2`.
 * @returns at once, unless there are tensors or models in it, which are read later
 * @throws {ReaderError} `value-cannot-cross` for what is not data, `value-too-large` past the caps.
 */
export function encodePlain(value: unknown, what = 'the value'): Plain | Promise<Plain> {
  const state: EncodeState = { what, parents: [], nodes: 0, bytes: 0, later: [] };
  const plain = encode(value, '', state);
  return state.later.length === 0 ? plain : afterAll(state.later, () => plain);
}

/**
 * The value again, made of this realm's own objects.
 *
 * @returns at once, unless there are models in it
 */
export function decodePlain(plain: Plain): unknown {
  const later: Later = [];
  let whole: unknown;
  place(plain, later, (value) => {
    whole = value;
  });
  return later.length === 0 ? whole : afterAll(later, () => whole);
}

/** What is left to do, in order, before a value is complete. */
type Later = (() => Promise<void>)[];

async function afterAll<Value>(later: Later, result: () => Value): Promise<Value> {
  for (const act of later) await act();
  return result();
}

/** Puts a decoded value in its place; a model comes later, and its place is kept. */
function place(plain: Plain, later: Later, put: (value: unknown) => void): void {
  if (isNode(plain) && plain.kind === 'model') {
    put(undefined);
    later.push(async () => put(await decodeModel(plain)));
  } else put(decode(plain, later));
}

function decode(plain: Plain, later: Later): unknown {
  if (!isNode(plain)) return plain;
  switch (plain.kind) {
    case 'typed':
      return plain.values.slice();
    case 'array': {
      const items: unknown[] = [];
      plain.items.forEach((item, index) => {
        if (isNode(item)) place(item, later, (value) => void (items[index] = value));
        else items[index] = item;
      });
      return items;
    }
    case 'object': {
      const object: Record<string, unknown> = {};
      for (const [key, item] of plain.entries) {
        // Not an assignment: `__proto__` must become a plain property.
        place(item, later, (value) => {
          Object.defineProperty(object, key, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          });
        });
      }
      return object;
    }
    case 'tensor':
      return tf.tensor(plain.values as tf.TypedArray, plain.shape, plain.dtype as tf.DataType);
    default:
      throw new Error(`${plain.kind} has a place of its own.`);
  }
}

type Node = Exclude<Plain, null | undefined | boolean | number | bigint | string>;
type PlainTensor = Extract<Node, { kind: 'tensor' }>;
type PlainModel = Extract<Node, { kind: 'model' }>;

const isNode = (plain: Plain): plain is Node => typeof plain === 'object' && plain !== null;

const decodeModel = ({ topology, weights, data }: PlainModel): Promise<tf.LayersModel> =>
  tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: JSON.parse(topology) as object,
      weightSpecs: weights as tf.io.WeightsManifestEntry[],
      weightData: data.slice().buffer,
    }),
  );

interface EncodeState {
  what: string;
  parents: object[];
  nodes: number;
  bytes: number;
  later: Later;
}

function encode(value: unknown, path: string, state: EncodeState): Plain {
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
    case 'number':
      count(state, 8);
      return value;
    case 'bigint':
      count(state, 8);
      return value;
    case 'string':
      count(state, 2 * value.length);
      return value;
    case 'object':
      return value === null ? null : encodeObject(value, path, state);
    default:
      throw refused(state, path, `a ${typeof value}`);
  }
}

function encodeObject(value: object, path: string, state: EncodeState): Plain {
  if (value instanceof tf.Tensor) return encodeTensor(value, path, state);
  if (value instanceof tf.LayersModel) return encodeModel(value, path, state);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    count(state, value.byteLength);
    return { kind: 'typed', values: (value as TypedArray).slice() };
  }
  if (state.parents.includes(value)) throw refused(state, path, 'an object that contains itself');
  if (state.parents.length >= caps.plainDepth)
    throw refused(state, path, `nested more than ${caps.plainDepth} deep`);
  state.parents.push(value);
  try {
    if (Array.isArray(value)) return { kind: 'array', items: encodeItems(value, path, state) };
    refuseSpecial(value, path, state);
    const entries: [string, Plain][] = [];
    for (const key of Object.keys(value)) {
      count(state, 2 * key.length);
      const item = read(() => (value as Record<string, unknown>)[key], `${path}.${key}`, state);
      entries.push([key, encode(item, `${path}.${key}`, state)]);
    }
    return { kind: 'object', entries };
  } finally {
    state.parents.pop();
  }
}

function encodeItems(value: unknown[], path: string, state: EncodeState): Plain[] {
  const { length } = value;
  if (!Number.isInteger(length) || length < 0 || length > caps.plainNodes) throw tooLarge(state);
  const items: Plain[] = [];
  for (let index = 0; index < length; index++) {
    const item = read(() => value[index], `${path}[${index}]`, state);
    // The path of every number of a long array would take longer than the numbers.
    if (typeof item === 'number') {
      count(state, 8);
      items.push(item);
    } else items.push(encode(item, `${path}[${index}]`, state));
  }
  return items;
}

function refuseSpecial(value: object, path: string, state: EncodeState): void {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  if (prototype === null || prototype === Object.prototype) return;
  for (const [type, name] of specialTypes) {
    if (value instanceof type) throw refused(state, path, name);
  }
}

const specialTypes: [abstract new (...args: never[]) => object, string][] = [
  [Promise, 'a promise that was not awaited'],
  [Map, 'a Map'],
  [Set, 'a Set'],
  [WeakMap, 'a WeakMap'],
  [WeakSet, 'a WeakSet'],
  [Date, 'a Date'],
  [RegExp, 'a regular expression'],
  [ArrayBuffer, 'an ArrayBuffer'],
  [DataView, 'a DataView'],
  [Error, 'an Error'],
];

function encodeTensor(tensor: tf.Tensor, path: string, state: EncodeState): Plain {
  if (tensor.isDisposed) throw refused(state, path, 'a tensor that was disposed of');
  if (tensor.dtype === 'complex64') throw refused(state, path, 'a complex tensor');
  count(state, 8 * tensor.size);
  const { dtype, shape } = tensor;
  const node: PlainTensor = {
    kind: 'tensor',
    dtype,
    shape: [...shape],
    values: new Float32Array(),
  };
  state.later.push(async () => {
    node.values = ((await tensor.data()) as Float32Array).slice() as Float32Array;
  });
  return node;
}

function encodeModel(model: tf.LayersModel, path: string, state: EncodeState): Plain {
  const node: PlainModel = { kind: 'model', topology: '', weights: [], data: new Uint8Array() };
  state.later.push(async () => {
    const { modelTopology, weightSpecs, weightData } = await artifactsOf(model, path, state);
    node.topology = JSON.stringify(modelTopology);
    node.data = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData!));
    count(state, 2 * node.topology.length + node.data.byteLength);
    node.weights = weightSpecs!.map(({ name, dtype, shape }) => ({
      name,
      dtype,
      shape: [...shape],
    }));
  });
  return node;
}

async function artifactsOf(
  model: tf.LayersModel,
  path: string,
  state: EncodeState,
): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  try {
    await model.save(
      tf.io.withSaveHandler(async (given) => {
        artifacts = given;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw refused(state, path, `a model that cannot be saved (${why})`);
  }
  return artifacts!;
}

function read(get: () => unknown, path: string, state: EncodeState): unknown {
  try {
    return get();
  } catch {
    throw refused(state, path, 'a property that throws when it is read');
  }
}

function count(state: EncodeState, bytes: number): void {
  state.nodes += 1;
  state.bytes += bytes;
  if (state.nodes > caps.plainNodes || state.bytes > caps.plainBytes) throw tooLarge(state);
}

function refused(state: EncodeState, path: string, found: string): ReaderError {
  const where = path === '' ? state.what : `\`${path.replace(/^\./, '')}\` of ${state.what}`;
  return new ReaderError({
    code: 'value-cannot-cross',
    explain: `${where[0]!.toUpperCase()}${where.slice(1)} is ${found}; a check can only look at data.`,
    hint: 'Return numbers, strings, arrays, typed arrays, plain objects, tensors or models.',
  });
}

function tooLarge(state: EncodeState): ReaderError {
  return new ReaderError({
    code: 'value-too-large',
    explain: `${state.what[0]!.toUpperCase()}${state.what.slice(1)} is too large to be looked at by a check.`,
    elaborate: `At most ${caps.plainBytes / 1024 / 1024} MB and ${caps.plainNodes.toLocaleString('en-GB')} values can cross.`,
    hint: 'Check whether a length or a shape is far larger than you meant.',
  });
}
