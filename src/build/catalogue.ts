import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, ModelFile } from '../runtime/files.ts';
import { describePart, mnistChunks } from './mnist-chunks.ts';
import { projectRoot } from './project-root.ts';

/** The models under public/models, with the files of each that a cell fetches. */
const MODELS: readonly { name: string; label: string; files: readonly string[] }[] = [
  { name: 'lenet-300-100', label: 'LeNet-300-100', files: ['model.json', 'weights.bin'] },
  { name: 'lenet-5', label: 'LeNet-5', files: ['model.json', 'weights.bin'] },
  { name: 'bn-cnn', label: 'the batch-normalized network', files: ['model.json', 'weights.bin'] },
  { name: 'depthwise-net', label: 'the light network', files: ['model.json', 'weights.bin'] },
];

let made: Catalogue | undefined;

/**
 * The book's files with their exact sizes: for components, which say a size before it is fetched, and
 * for the sandbox host, which reads the same as `data/catalogue.json`.
 */
export function bookCatalogue(): Catalogue {
  made ??= {
    version: 1,
    files: Object.fromEntries([
      ...MODELS.map((model) => [model.name, modelEntry(model)] as const),
      ...mnistChunks().map(({ name, entry }) => [name, entry] as const),
    ]),
  };
  return made;
}

function modelEntry({ name, label, files }: (typeof MODELS)[number]): ModelFile {
  const parts = files.map((file) => {
    const url = `models/${name}/${file}`;
    return describePart(url, readFileSync(join(projectRoot, 'public', url)));
  });
  return { kind: 'model', label, bytes: parts.reduce((sum, part) => sum + part.bytes, 0), parts };
}
