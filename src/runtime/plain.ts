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
 * @throws {ReaderError} `value-cannot-cross` for what is not data, `value-too-large` past the caps.
 */
export async function encodePlain(value: unknown, what = 'the value'): Promise<Plain> {
  const state: EncodeState = { what, parents: [], nodes: 0, bytes: 0 };
  return encode(value, '', state);
}

/** The value again, made of this realm's own objects. */
export async function decodePlain(plain: Plain): Promise<unknown> {
  if (typeof plain !== 'object' || plain === null) return plain;
  switch (plain.kind) {
    case 'typed':
      return plain.values.slice();
    case 'array': {
      const items: unknown[] = [];
      for (const item of plain.items)
        items.push(needsDecoding(item) ? await decodePlain(item) : item);
      return items;
    }
    case 'object': {
      const object: Record<string, unknown> = {};
      for (const [key, item] of plain.entries) {
        // Not an assignment: `__proto__` must become a plain property.
        Object.defineProperty(object, key, {
          value: await decodePlain(item),
          writable: true,
          enumerable: true,
          configurable: true,
        });
      }
      return object;
    }
    case 'tensor':
      return tf.tensor(plain.values as tf.TypedArray, plain.shape, plain.dtype as tf.DataType);
    case 'model':
      return tf.loadLayersModel(
        tf.io.fromMemory({
          modelTopology: JSON.parse(plain.topology) as object,
          weightSpecs: plain.weights as tf.io.WeightsManifestEntry[],
          weightData: plain.data.slice().buffer,
        }),
      );
  }
}

function needsDecoding(plain: Plain): boolean {
  return typeof plain === 'object' && plain !== null;
}

interface EncodeState {
  what: string;
  parents: object[];
  nodes: number;
  bytes: number;
}

async function encode(value: unknown, path: string, state: EncodeState): Promise<Plain> {
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

async function encodeObject(value: object, path: string, state: EncodeState): Promise<Plain> {
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
    if (Array.isArray(value))
      return { kind: 'array', items: await encodeItems(value, path, state) };
    refuseSpecial(value, path, state);
    const entries: [string, Plain][] = [];
    for (const key of Object.keys(value)) {
      count(state, 2 * key.length);
      const item = read(() => (value as Record<string, unknown>)[key], `${path}.${key}`, state);
      entries.push([key, await encode(item, `${path}.${key}`, state)]);
    }
    return { kind: 'object', entries };
  } finally {
    state.parents.pop();
  }
}

async function encodeItems(value: unknown[], path: string, state: EncodeState): Promise<Plain[]> {
  const { length } = value;
  if (!Number.isInteger(length) || length < 0 || length > caps.plainNodes) throw tooLarge(state);
  const items: Plain[] = [];
  for (let index = 0; index < length; index++) {
    const item = read(() => value[index], `${path}[${index}]`, state);
    // Awaiting every number of a long array would be slow.
    if (typeof item === 'number') {
      count(state, 8);
      items.push(item);
    } else items.push(await encode(item, `${path}[${index}]`, state));
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

async function encodeTensor(tensor: tf.Tensor, path: string, state: EncodeState): Promise<Plain> {
  if (tensor.isDisposed) throw refused(state, path, 'a tensor that was disposed of');
  if (tensor.dtype === 'complex64') throw refused(state, path, 'a complex tensor');
  count(state, 8 * tensor.size);
  const values = await tensor.data();
  return {
    kind: 'tensor',
    dtype: tensor.dtype,
    shape: [...tensor.shape],
    values: (values as Float32Array).slice() as Float32Array,
  };
}

async function encodeModel(
  model: tf.LayersModel,
  path: string,
  state: EncodeState,
): Promise<Plain> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  try {
    await model.save(
      tf.io.withSaveHandler(async (given) => {
        artifacts = given;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
  } catch (error) {
    throw refused(
      state,
      path,
      `a model that cannot be saved (${error instanceof Error ? error.message : 'unknown reason'})`,
    );
  }
  const topology = JSON.stringify(artifacts!.modelTopology);
  const data = new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts!.weightData!));
  count(state, 2 * topology.length + data.byteLength);
  const weights = artifacts!.weightSpecs!.map(({ name, dtype, shape }) => ({
    name,
    dtype,
    shape: [...shape],
  }));
  return { kind: 'model', topology, weights, data };
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
