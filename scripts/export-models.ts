/**
 * Writes the book's models as files of Keras: `.h5` as Keras 2 keeps them, `.keras` as Keras 3 does. LeNet-5 is the
 * client's model of the story: original_model.h5.
 *
 *   npm run export:models -- FOLDER
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadModel as readBookModel } from '../src/build/load-model.ts';
import { startTensorFlow } from '../src/build/node-tensorflow.ts';
import { ReaderError } from '../src/shared/reader-error.ts';
import { requireWritable, writeWhole } from './compress/files.ts';
import { EXPORTED_MODELS, exportModel } from '../src/build/export-model.ts';

const args = process.argv.slice(2);
const force = args.includes('--force');
const [folder, ...more] = args.filter((arg) => arg !== '--force');
if (folder === undefined || more.length > 0 || folder.startsWith('-')) {
  console.error('npm run export:models -- FOLDER [--force]');
  process.exit(folder === '--help' || folder === '-h' ? 0 : 2);
}

try {
  const target = resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
  await mkdir(target, { recursive: true });
  const places = EXPORTED_MODELS.flatMap(({ files }) => files.map((file) => join(target, file)));
  requireWritable(places, { input: '', force });
  await startTensorFlow();
  for (const { name, files } of EXPORTED_MODELS) {
    const model = await readBookModel(name);
    for (const file of files) {
      const bytes = await exportModel(model, file);
      await writeWhole(join(target, file), bytes);
      console.log(`${file}: ${bytes.length.toLocaleString('en-GB')} bytes`);
    }
    model.dispose();
  }
} catch (error) {
  if (!(error instanceof ReaderError)) throw error;
  console.error([error.explain, error.hint].filter(Boolean).join('\n'));
  process.exitCode = 1;
}
