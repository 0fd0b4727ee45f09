import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/build/load-model.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { projectRoot } from '../../../src/build/project-root.ts';
import { openTfjsModel } from '../../../src/workbench/tfjs-model.ts';
import { rejectedWith } from './reader-error.ts';

const file = (name: string): Promise<Uint8Array> =>
  readFile(join(projectRoot, 'public/models/bn-cnn', name));

beforeAll(() => startTensorFlow());

describe('openTfjsModel', () => {
  it('opens the book’s models with the very weights', async () => {
    const model = await openTfjsModel(await file('model.json'), file);
    const wanted = await loadModel('bn-cnn');
    expect(model.getWeights().map((tensor) => tensor.dataSync())).toEqual(
      wanted.getWeights().map((tensor) => tensor.dataSync()),
    );
    for (const each of [model, wanted]) each.dispose();
  });

  it('refuses what is no layers model, and names the file that is missing', async () => {
    const asked: string[] = [];
    const codeOf = async (json: unknown): Promise<string> => {
      const text = typeof json === 'string' ? json : JSON.stringify(json);
      const bytes = new TextEncoder().encode(text);
      const read = async (name: string): Promise<undefined> => void asked.push(name);
      return (await rejectedWith(() => openTfjsModel(bytes, read))).code;
    };
    const manifest = (...paths: string[]) => ({
      modelTopology: {},
      weightsManifest: [{ paths, weights: [] }],
    });
    expect(await codeOf('no json')).toBe('model-json-invalid');
    expect(await codeOf('null')).toBe('model-json-invalid');
    expect(await codeOf({ modelTopology: {} })).toBe('model-json-invalid');
    expect(await codeOf({ modelTopology: {}, weightsManifest: [{}] })).toBe('model-json-invalid');
    expect(await codeOf({ format: 'graph-model' })).toBe('model-json-is-graph');
    expect(asked).toEqual([]);
    expect(await codeOf(manifest('group1-shard1of1.bin'))).toBe('model-shard-missing');
    expect(asked).toEqual(['group1-shard1of1.bin']);
    for (const name of ['../weights.bin', '/etc/passwd', 'a/b.bin', '..', '', 'a\\b']) {
      expect(await codeOf(manifest(name)), name).toBe('model-shard-name');
    }
    expect(asked).toHaveLength(1);
  });

  it('refuses weights that are cut short', async () => {
    const json = await file('model.json');
    const cut = async (name: string): Promise<Uint8Array> => (await file(name)).subarray(0, 1000);
    expect((await rejectedWith(() => openTfjsModel(json, cut))).code).toBe('model-json-invalid');
  });
});
