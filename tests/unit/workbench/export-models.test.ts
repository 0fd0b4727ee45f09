import '@tensorflow/tfjs-backend-cpu';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModel, tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXPORTED_MODELS, exportModel } from '../../../src/build/export-model.ts';
import { loadModel as readBookModel } from '../../../src/build/load-model.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { projectRoot } from '../../../src/build/project-root.ts';

beforeAll(() => startTensorFlow());

const bitsOf = (model: tf.LayersModel): Uint8Array[] =>
  model.getWeights().map((tensor) => new Uint8Array(tensor.dataSync().slice().buffer));

describe('the book’s models as files of Keras', () => {
  it('are all of them, the client’s under its own name', () => {
    const names = EXPORTED_MODELS.map(({ name }) => name).toSorted();
    expect(names).toEqual(readdirSync(join(projectRoot, 'public/models')).toSorted());
    expect(EXPORTED_MODELS.find(({ name }) => name === 'lenet-5')!.files).toEqual([
      'original_model.h5',
      'original_model.keras',
    ]);
  });

  it.each(EXPORTED_MODELS)('$name comes back bit for bit', async ({ name, files }) => {
    const model = await readBookModel(name);
    const { shape } = model.inputs[0]!;
    const input = tf.randomUniform([2, ...(shape.slice(1) as number[])], 0, 1, 'float32', 1);
    const wanted = (model.predict(input) as tf.Tensor).dataSync();
    for (const file of files) {
      const bytes = await exportModel(model, file);
      const again = await loadModel(bytes);
      expect(bitsOf(again), file).toEqual(bitsOf(model));
      expect(again.layers.map((layer) => [layer.name, layer.getClassName()])).toEqual(
        model.layers.map((layer) => [layer.name, layer.getClassName()]),
      );
      expect((again.predict(input) as tf.Tensor).dataSync()).toEqual(wanted);
      expect(bytes, file).toEqual(await exportModel(model, file));
      again.dispose();
    }
  });

  it('are written by the command, whole, and not written over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'export-'));
    const script = join(projectRoot, 'scripts/export-models.ts');
    const run = () => spawnSync(process.execPath, [script, folder], { cwd: projectRoot });
    expect(String(run().stderr)).toBe('');
    const files = EXPORTED_MODELS.flatMap(({ files }) => files);
    expect(readdirSync(folder).toSorted()).toEqual(files.toSorted());
    const model = await loadModel(new Uint8Array(readFileSync(join(folder, 'original_model.h5'))));
    expect(model.countParams()).toBe((await readBookModel('lenet-5')).countParams());
    const second = run();
    expect(second.status).toBe(1);
    expect(String(second.stderr)).toContain('is there already');
    rmSync(folder, { recursive: true });
  }, 120_000);
});
