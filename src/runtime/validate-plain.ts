/** Values that cross from a submission to its judge: a tree of known kinds within bounds. */
import type { ReaderErrorData } from '../shared/reader-error.ts';
import { caps } from './caps.ts';
import {
  Refused,
  readArray,
  readInteger,
  readOneOf,
  readRecord,
  readString,
} from './validate-values.ts';
import type { Plain, PlainResult, TypedArray } from './wire.ts';

interface Budget {
  nodes: number;
  bytes: number;
}

const typedArrays = [
  Float32Array,
  Float64Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
];

/** @throws {Refused} for anything else than what `encodePlain` makes. */
export function readPlain(value: unknown): Plain {
  return read(value, 0, { nodes: 0, bytes: 0 });
}

export function readPlainResult(
  value: unknown,
  readError: (value: unknown) => ReaderErrorData,
): PlainResult {
  const result = readRecord(value, 'result');
  if (result['ok'] === true) return { ok: true, value: readPlain(result['value']) };
  if (result['ok'] === false) return { ok: false, error: readError(result['error']) };
  throw new Refused('result is neither');
}

function read(value: unknown, depth: number, budget: Budget): Plain {
  if (
    typeof value === 'number' ||
    value === null ||
    value === undefined ||
    typeof value === 'boolean'
  ) {
    spend(budget, 8);
    return value;
  }
  if (typeof value === 'bigint') {
    spend(budget, 8);
    return value;
  }
  if (typeof value === 'string') {
    spend(budget, 2 * value.length);
    return value;
  }
  if (depth > caps.plainDepth + 1) throw new Refused('nested too deep');
  const node = readRecord(value, 'value');
  const kind = readOneOf(node['kind'], 'kind', ['typed', 'array', 'object', 'tensor', 'model']);
  switch (kind) {
    case 'typed':
      return { kind, values: readTyped(node['values'], budget) };
    case 'array':
      return {
        kind,
        items: readArray(node['items'], 'items', caps.plainNodes, (item) =>
          read(item, depth + 1, budget),
        ),
      };
    case 'object':
      return {
        kind,
        entries: readArray(
          node['entries'],
          'entries',
          caps.plainNodes,
          (entry): [string, Plain] => {
            if (!Array.isArray(entry) || entry.length !== 2) throw new Refused('entry');
            const key = readString(entry[0], 'key', caps.plainNodes);
            spend(budget, 2 * key.length);
            return [key, read(entry[1], depth + 1, budget)];
          },
        ),
      };
    case 'tensor':
      return readTensor(node, budget);
    case 'model':
      return readModel(node, budget);
  }
}

function readTensor(node: Record<string, unknown>, budget: Budget): Plain {
  const dtype = readOneOf(node['dtype'], 'dtype', ['float32', 'int32', 'bool', 'string']);
  const shape = readShape(node['shape']);
  const given = node['values'];
  const values =
    dtype === 'string'
      ? readArray(given, 'values', caps.plainNodes, (item) => {
          const text = readString(item, 'item', caps.plainBytes);
          spend(budget, 2 * text.length);
          return text;
        })
      : readTyped(given, budget);
  const size = shape.reduce((product, side) => product * side, 1);
  if (size !== values.length) throw new Refused('tensor size and shape differ');
  return { kind: 'tensor', dtype, shape, values };
}

function readModel(node: Record<string, unknown>, budget: Budget): Plain {
  const topology = readString(node['topology'], 'topology', caps.plainBytes / 2);
  const data = node['data'];
  if (!(data instanceof Uint8Array)) throw new Refused('model data');
  spend(budget, 2 * topology.length + data.byteLength);
  const weights = readArray(node['weights'], 'weights', 10_000, (item) => {
    const weight = readRecord(item, 'weight');
    return {
      name: readString(weight['name'], 'name', 1_000),
      dtype: readOneOf(weight['dtype'], 'dtype', ['float32', 'int32', 'bool']),
      shape: readShape(weight['shape']),
    };
  });
  return { kind: 'model', topology, weights, data };
}

function readShape(value: unknown): number[] {
  return readArray(value, 'shape', 8, (side) => readInteger(side, 'side'));
}

function readTyped(value: unknown, budget: Budget): TypedArray {
  const type = typedArrays.find((candidate) => value instanceof candidate);
  if (!type) throw new Refused('no typed array');
  spend(budget, (value as TypedArray).byteLength);
  return value as TypedArray;
}

function spend(budget: Budget, bytes: number): void {
  budget.nodes += 1;
  budget.bytes += bytes;
  if (budget.nodes > 2 * caps.plainNodes || budget.bytes > 2 * caps.plainBytes)
    throw new Refused('value too large');
}
