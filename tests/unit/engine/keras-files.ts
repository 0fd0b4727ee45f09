import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as h5wasm from 'h5wasm/node';
import { expect } from 'vitest';
import type { ReaderError } from '../../../src/shared/reader-error.ts';
import { openHdf5, type Hdf5Object } from '../../../src/engine/keras/hdf5/hdf5-file.ts';
import {
  groupAt,
  newGroup,
  writeHdf5,
  type ArrayNode,
  type GroupNode,
} from '../../../src/engine/keras/hdf5/write-hdf5.ts';
import { writeZip } from '../../../src/engine/keras/zip/write-zip.ts';
import { refused } from './hostile-files/attempt.ts';

/** The oldest version whose manner of writing is used: `earliest` is what h5py has written until now. */
export type Oldest = 'earliest' | 'v108' | 'v110' | 'latest';

/** A file that the HDF5 library itself has written. */
export async function libraryFile(
  oldest: Oldest,
  fill: (file: h5wasm.File) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  await h5wasm.ready;
  const folder = mkdtempSync(join(tmpdir(), 'heavy-weights-'));
  const path = join(folder, 'file.h5');
  const file = new h5wasm.File(path, 'w', { libver: [oldest, 'latest'] });
  fill(file);
  file.close();
  const bytes = new Uint8Array(readFileSync(path));
  rmSync(folder, { recursive: true });
  return bytes;
}

/** What the HDF5 library itself reads in a file. */
export async function inLibrary<T>(bytes: Uint8Array, read: (file: h5wasm.File) => T): Promise<T> {
  await h5wasm.ready;
  const folder = mkdtempSync(join(tmpdir(), 'heavy-weights-'));
  const path = join(folder, 'file.h5');
  writeFileSync(path, bytes);
  const file = new h5wasm.File(path, 'r');
  try {
    return read(file);
  } finally {
    file.close();
    rmSync(folder, { recursive: true });
  }
}

export const open = (bytes: Uint8Array): Hdf5Object => openHdf5(bytes, 0);

/** Numbers of an array in a file. */
export function numbersAt(bytes: Uint8Array, path: string): number[] {
  return Array.from(open(bytes).find(path)!.dataset().floats());
}

/** An array 0.5, 1.5, … of a shape. */
export function rising(shape: readonly number[], start = 0.5): ArrayNode {
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, values: Float32Array.from({ length: count }, (_, i) => start + i) };
}

/** A `.h5` file as Keras 2 writes it: for each layer its weights by path. */
export function h5File(
  config: unknown,
  weights: Record<string, Record<string, ArrayNode>>,
): Uint8Array<ArrayBuffer> {
  const root = newGroup();
  root.attributes.set('model_config', JSON.stringify(config));
  const group = groupAt(root, 'model_weights');
  group.attributes.set('layer_names', Object.keys(weights));
  for (const [layer, arrays] of Object.entries(weights)) {
    const own = groupAt(group, layer);
    own.attributes.set('weight_names', Object.keys(arrays));
    for (const [path, array] of Object.entries(arrays)) put(own, path, array);
  }
  return writeHdf5(root);
}

/** A `.keras` file as Keras 3 writes it: arrays by path. */
export function kerasFile(
  config: unknown,
  arrays: Record<string, ArrayNode>,
): Uint8Array<ArrayBuffer> {
  const root = newGroup();
  for (const [path, array] of Object.entries(arrays)) put(root, path, array);
  return zipOf(JSON.stringify(config), writeHdf5(root));
}

export function zipOf(config: string, weights: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeZip(
    new Map([
      ['metadata.json', new TextEncoder().encode('{"keras_version": "3.8.0"}')],
      ['config.json', new TextEncoder().encode(config)],
      ['model.weights.h5', weights],
    ]),
  );
}

function put(group: GroupNode, path: string, array: ArrayNode): void {
  const at = path.lastIndexOf('/');
  groupAt(group, path.slice(0, Math.max(at, 0))).children.set(path.slice(at + 1), array);
}

/** What a file is refused with: a ReaderError, soon, in little memory, and nothing of a model left behind. */
export const refusal = (bytes: Uint8Array): Promise<ReaderError> => refused('h5', bytes);

/** Two seconds of the processor's time: what else the machine does must not count. */
export function expectSoon(start: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(2000);
}

/** A Sequential model of one Dense layer, 2 → 3, as Keras 2 tells of it. */
export function denseConfig(layer: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    class_name: 'Sequential',
    config: {
      name: 'sequential',
      layers: [
        {
          class_name: 'Dense',
          config: { name: 'dense', batch_input_shape: [null, 2], units: 3, ...layer },
        },
      ],
    },
  };
}

export const DENSE_WEIGHTS = {
  dense: { 'dense/kernel:0': rising([2, 3]), 'dense/bias:0': rising([3]) },
};
